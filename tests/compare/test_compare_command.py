"""badgateway compare, as a user has it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lab.cli.door import door
from lab.show.records import schema
from tests.cli.test_cli_completion import asked
from tests.show.test_show_records import faults

STORY = Path(__file__).resolve().parents[2] / "scenarios" / "first" / "garbage.py"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder with one scenario, so that there is little to count."""
    (tmp_path / "of" / "mine").mkdir(parents=True)
    (tmp_path / "of" / "mine" / "garbage.py").write_bytes(STORY.read_bytes())
    return tmp_path / "of"


def badgateway(*words: str | Path) -> Result:
    return CliRunner().invoke(door, ["compare", *map(str, words)])


def test_as_json_and_as_a_page_in_either_order_on_any_gateway(few: Path, tmp_path: Path) -> None:
    page = tmp_path / "it.html"
    done = badgateway("304", "502", "--json", "--html", page, "--gateway", "reference-buffer", "--scenarios", few)
    assert (done.exit_code, done.stderr) == (0, f"{page} is written.\n")
    [line] = done.stdout.splitlines()
    record = json.loads(line)
    assert list(faults(record, schema("compare"))) == []
    assert record["gateway"] == "reference-buffer"
    assert record["causes"]["cases"] == record["causes"]["reported"] == 1
    assert page.read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "there is one comparison: badgateway compare 502 304"),
        ("502", "there is one comparison: badgateway compare 502 304, not '502'"),
        ("502 502", "not '502 502'"),
        ("502 503", "not '502 503'"),
        ("502 304 304", "not '502 304 304'"),
        ("304 five", "not '304 five'"),
        ("502 304 --gateway refrence", "did you mean reference?"),
        ("502 304 --html no/such/folder/it.html", "--html no/such/folder/it.html cannot be written: No such file"),
        ("502 304 --scenarios no/such", "--scenarios no/such: there is no such folder"),
    ],
)
def test_anything_else_is_refused_in_one_line(words: str, says: str) -> None:
    done = badgateway(*words.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_shells_offer_each_status_once() -> None:
    assert asked("badgateway", "compare", "") == ["502", "304"]
    assert asked("badgateway", "compare", "304", "") == ["502"]
    assert "reference" in asked("badgateway", "compare", "--gateway", "")
