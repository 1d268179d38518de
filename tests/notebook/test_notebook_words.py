"""What notebooks point to exists, and their words are explained: clauses, scenarios, commands, terms."""

import re
import shlex
from http import HTTPStatus

import click
import pytest

from lab.catalogue import Catalogue, load
from lab.cli.door import COMMANDS, Door, door
from lab.rfc import RFC
from lab.rfc.clause import clause_error
from lab.words import lookup
from tests.notebook.running import NAMES, text_of

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
CLAUSE = re.compile(r"https://www\.rfc-editor\.org/rfc/rfc(\d+)#(?:section|appendix)-([0-9A-Z][0-9.]*)")
NAMED = re.compile(r"(?:RFC (\d+), )?([0-9A-Z](?:\.?[0-9]+)*)")
IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
ADDRESS = re.compile(r"[a-z0-9_]+/[a-z0-9_]+(\[[^\]]+\])?")
COMMAND = re.compile(r"`badgateway [^`]*`")
FIELD = re.compile(r"\b[A-Z][a-z]+(?:-[A-Z][A-Za-z]+)+\b")
CAPITALS = re.compile(r"\b[A-Z]{2,}(?:_[A-Z]+)*\b")
STATUS = re.compile(r"(?<![\w.,=])[1-5]\d\d(?![\w%]|[.,]\d| (?:ms|s|seconds|bytes|requests|columns|times)\b)")
NO_TERMS = {"OK", "NOT", "EU", "UTC", "GMT", "II", "ID", "VS", "IN", "RFC", "RFCS", "README"}
"""Capitals that are no term of a protocol."""

YOURS = re.compile(r"(mine|yours)/")


def prose(name: str) -> str:
    """The text of all markdown cells, in one line."""
    from lab.notebook.source import cells

    return "\n".join(" ".join(cell.text.split()) for cell in cells(text_of(name)) if cell.markdown)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_sections_that_exist_or_to_other_notebooks(name: str) -> None:
    links = LINK.findall(prose(name))
    assert links
    number = None
    for text, target in links:
        if target.endswith(".ipynb"):
            assert target.removesuffix(".ipynb") in NAMES, target
            continue
        clause = CLAUSE.fullmatch(target)
        assert clause is not None, f"{target}: links lead to sections of RFCs, or to other notebooks"
        assert clause_error(RFC(int(clause[1]), clause[2])) is None, target
        named = NAMED.fullmatch(text)
        if named is not None:
            number = named[1] or number
            assert (number, named[2]) == (clause[1], clause[2]), f"[{text}] leads to {target}"


@pytest.mark.parametrize("name", NAMES)
def test_the_scenarios_that_it_names_are_there(name: str, catalogue: Catalogue) -> None:
    code = re.findall(r'"([a-z_0-9]+/[a-z_0-9]+(?:\[[^\]"]+\])?)"', text_of(name))
    for word in [*IN_BACKTICKS.findall(prose(name)), *code]:
        if ADDRESS.fullmatch(word) and not YOURS.match(word):
            assert catalogue.select([word]), word


@pytest.mark.parametrize("name", NAMES)
def test_the_commands_that_it_names_are_understood(name: str, catalogue: Catalogue) -> None:
    for line in IN_BACKTICKS.findall(prose(name)):
        if not line.startswith("badgateway "):
            continue
        command, *words = shlex.split(line)[1:]
        assert command in COMMANDS, line
        assert isinstance(door, Door)
        found = door.get_command(click.Context(door), command)
        assert found is not None
        parameters = found.make_context(command, list(words), resilient_parsing=True).params
        assert parameters is not None, line
        known = {name for parameter in found.params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in words if word.startswith("-")} <= known, line
        if command in ("run", "show", "grid"):
            given = parameters.get("names") or parameters.get("name") or ()
            for word in (given,) if isinstance(given, str) else given:
                if not YOURS.match(word) and not word.endswith((".py", ".json")):
                    assert catalogue.select([word]), line
        if command == "words":
            assert lookup(" ".join(words)) is not None, line


@pytest.mark.parametrize("name", NAMES)
def test_the_glossary_explains_its_fields_abbreviations_and_status_codes(name: str) -> None:
    text = LINK.sub(r"\1", COMMAND.sub("", prose(name)))
    codes = {code for code in STATUS.findall(text) if int(code) in {*HTTPStatus}}
    words = {*FIELD.findall(text), *CAPITALS.findall(text), *codes} - NO_TERMS
    assert [word for word in sorted(words) if lookup(word) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_begins_with_goals_and_ends_with_where_to_read_on(name: str) -> None:
    text = prose(name)
    assert text.startswith("# ")
    assert re.search("Afterwards you can|You will be able to", text)
    assert re.search(r"About \d+ minutes", text)
    assert "## Summary" in text
    assert "## Where to read on" in text.partition("## Summary")[2]
