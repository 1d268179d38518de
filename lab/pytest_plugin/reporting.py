"""`--badgateway-report DIR`: a page with every performance that failed, or was expected to, its diagram and transcript.

Whoever performed it tells it, at once, as a piece of the page that travels with pytest's own report; under xdist too.
Whoever holds the reports together writes the page at the end.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from lab.pytest_plugin.items import ScenarioItem
from lab.show.grid.html import anchor
from lab.show.html.contents import Entry, entry
from lab.show.html.page import BEGINS, document
from lab.show.html.performance import article
from lab.show.html.told import Told
from lab.show.text.statuses import counted
from lab.verdict import Verdict

FILE = "index.html"
_TITLE = "What failed"
_LEAD = "Each performance that failed, could not be tested, or was expected to fail."
_PIECE = "badgateway_piece"


def begin(config: pytest.Config) -> None:
    """Take part in this session. UsageError where DIR cannot be written."""
    config.pluginmanager.register(_Pieces(), "badgateway-pieces")
    if not hasattr(config, "workerinput"):
        folder = config.invocation_params.dir / config.option.badgateway_report
        there = folder.exists()
        _refuse_unwritable(folder, config.option.badgateway_report)
        config.pluginmanager.register(_Page(folder, new=not there), "badgateway-page")


def _refuse_unwritable(folder: Path, given: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".badgateway").touch()
        (folder / ".badgateway").unlink()
        beginning = _beginning(folder / FILE)
    except OSError as error:
        raise pytest.UsageError(f"--badgateway-report {given} cannot be written: {error.strerror}") from None
    if beginning not in (b"", BEGINS):
        raise pytest.UsageError(f"--badgateway-report {given}: its {FILE} is not ours: name another folder")


def _beginning(page: Path) -> bytes:
    if not page.exists():
        return b""
    with page.open("rb") as file:
        return file.read(len(BEGINS))


class _Pieces:
    """Puts what the page says of a performance into its report."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        expected = report.skipped and hasattr(report, "wasxfail")
        if isinstance(item, ScenarioItem) and item.performed is not None and (report.failed or expected):
            setattr(report, _PIECE, _piece(Told(item.performed.judgement, item.performed.control), item.gateway))
        return report


def _piece(told: Told, gateway: str) -> dict[str, Any]:
    """As xdist can carry it: of the simplest types."""
    found = entry(told, anchor(f"{told.judgement.case.name} {gateway}"))
    kept = {**vars(found), "verdict": str(found.verdict), "got": [list(each) for each in found.got]}
    return {"entry": kept, "article": "\n".join(article(told, found.id))}


class _Page:
    """Gathers the pieces, and writes the page. `new`: the folder is there only for it."""

    def __init__(self, folder: Path, *, new: bool) -> None:
        self._file, self._new = folder / FILE, new
        self._pieces: dict[str, dict[str, Any]] = {}
        self._problem = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if (piece := getattr(report, _PIECE, None)) is not None:
            self._pieces[report.nodeid] = piece

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Write it, where something failed. A page of an earlier run is not left for one of this."""
        try:
            if self._pieces:
                with self._file.open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines(self._page())
                return
            self._file.unlink(missing_ok=True)
            if self._new:
                self._file.parent.rmdir()
        except OSError as error:
            self._problem = error.strerror or str(error)

    def _page(self) -> Any:
        pieces = [self._pieces[name] for name in sorted(self._pieces)]
        return document(
            tuple(_entry(piece["entry"]) for piece in pieces),
            ((piece["article"],) for piece in pieces),
            title=_TITLE,
            lead=_LEAD,
        )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        terminalreporter.write_sep("-", "badgateway report")
        if self._problem:
            terminalreporter.write_line(f"{self._file} cannot be written: {self._problem}")
        elif self._pieces:
            where = _seen_from(config.invocation_params.dir, self._file)
            terminalreporter.write_line(f"{where}: {counted(len(self._pieces), 'performance')}")
        else:
            terminalreporter.write_line("no performance failed: there is no report to write")


def _entry(kept: dict[str, Any]) -> Entry:
    return Entry(**{**kept, "verdict": Verdict(kept["verdict"]), "got": tuple(tuple(each) for each in kept["got"])})


def _seen_from(folder: Path, file: Path) -> Path:
    try:
        return file.relative_to(folder)
    except ValueError:
        return file
