# Two commands do all the set-up: `make lab` and `make test`. Both work offline once the packages are there.

PYTHON ?= python3
BIN := .venv/bin
# One stamp for all extras, so that `make test` works offline after `make lab`.
READY := .venv/ready

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

lab: $(READY) ## set up, then play the whole catalogue on the reference gateway
	$(BIN)/badgateway run
	@echo
	@echo "Now: $(BIN)/badgateway tour    (or: source $(BIN)/activate, and then badgateway tour)"

test: $(READY) ## set up, then run all tests
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(READY) ## ruff, mypy, and the directions of import
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -s tests/project/test_directions.py

bench: $(READY) ## measure: performances, the catalogue, imports; the gateway and its cache; the grid (some minutes)
	$(BIN)/python -m tests.bench

notebooks: $(READY) ## run all notebooks, and keep them with their outputs in build/notebooks
	$(BIN)/python -m tests.notebook.rendered build/notebooks

browser: $(READY) ## also install what drives a real browser in tests (46 MB; the browser is the system's Chromium)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'

fuzz: $(READY) ## feed the gateway with changed messages, for FUZZ_SECONDS (600)
	$(BIN)/python -m tests.fuzz $(ARGS)

conformance: $(READY) ## the public suite for HTTP caches, on ours and on those of the field (npm; about 2 minutes)
	$(BIN)/python -m tests.conformance $(ARGS)

clean: ## remove .venv, caches and what was built
	rm -rf .venv .conformance build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@echo "Setting up .venv with $(PYTHON) (once, and again when pyproject.toml changes) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The lab needs Python 3.11 or later; say which with: make PYTHON=/path/to/python3")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint]'
	@touch $@

.PHONY: help lab test lint bench notebooks browser fuzz conformance clean
