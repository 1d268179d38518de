"""badgateway grid, as a user has it."""

import json
import re
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lab.cli.door import door
from lab.gateways.names import NAMES
from tests.cli import stories
from tests.cli.door import begun
from tests.grid.keeper import Keeper
from tests.grid.test_grid_shown import Reader, _at_fault

CUT = "first/broken_promise"
OTHERS = ("malformed_headers/empty_name", "malformed_headers/words_first")


@pytest.fixture(autouse=True)
def gateways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "keeper", Keeper)
    monkeypatch.setitem(NAMES, "careless", lambda: Keeper(fragments=True))
    monkeypatch.setitem(NAMES, "forgetful", lambda: Keeper(keeps=False))
    monkeypatch.setitem(NAMES, "without", lambda: Keeper(offers=frozenset({"clock"})))


def badgateway(*args: str | Path, columns: int = 120) -> Result:
    return CliRunner().invoke(door, ["grid", *map(str, args)], env={"COLUMNS": str(columns)})


def test_one_scenario_is_a_table() -> None:
    done = badgateway(CUT)
    assert done.exit_code == 0
    rows = done.stdout.splitlines()
    assert rows[:3] == [
        "An answer breaks its promise.",
        CUT,
        "                 no If-None-Match     one that matches     one that does not",
    ]
    assert rows[4] == "fresh            = 200 stored         = 304 stored         = 200 stored"
    assert rows[5].startswith("stale            / 200 cut-short ")
    assert re.match(r"reference: 15 cells in \d+\.\d s; 502: 0, 304: 1, fresh 200: 2, stale 200: 0,", rows[-2])


def test_many_scenarios_are_a_row_each() -> None:
    done = badgateway("first", "malformed_headers/no_colon", *OTHERS, "--gateway", "keeper")
    assert done.exit_code == 0
    rows = done.stdout.splitlines()
    [row] = [row for row in rows if row.startswith("  no_colon ")]
    assert row.split() == ["no_colon", *["x502"] * 3, "=200", "=304", "=200", *["x502"] * 3, "~200", "~304", "~200",
                           *["x502"] * 3]  # fmt: skip
    assert "  x reported: A complete 5xx of the gateway's own." in rows
    assert max(map(len, rows)) <= 120


def test_why_cells_are_unknown_is_said_once() -> None:
    done = badgateway("first", *OTHERS, "malformed_headers/no_colon", "--gateway", "forgetful")
    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert "21 cells unknown: state not set up: a healthy upstream was asked although the copy is fresh (" in said
    assert "not set up: 84." in said


def test_what_cannot_be_replayed_is_left_out_and_said() -> None:
    done = badgateway(CUT, "first/changed", "--gateway", "keeper")
    assert done.exit_code == 0
    assert "1 scenario left out: it has several requests" in done.stdout
    assert "(first/changed)" in " ".join(done.stdout.split())


def test_json_keeps_its_schema() -> None:
    done = badgateway(CUT, "--json", "--gateway", "keeper")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [fault for record in records for fault in _at_fault(record)] == []
    assert [(record["state"], record["client"]) for record in records][:4] == [
        ("cold", "plain"), ("cold", "matching"), ("cold", "non-matching"), ("fresh", "plain"),
    ]  # fmt: skip
    assert len(records) == 15
    assert "keeper: 15 cells" in done.stderr


def test_a_page_and_a_picture_are_written(tmp_path: Path) -> None:
    path = tmp_path / "grid.html"
    drawing = tmp_path / "grid.svg"
    given = (CUT, "first/changed", "--gateway", "keeper", "--html", path, "--svg", drawing)
    assert badgateway(*given).exit_code == 0
    assert "first/broken_promise, cold, plain: " in drawing.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    assert reader.open == []
    assert "first.2f.broken_promise" in reader.ids
    assert "left-out" in reader.ids


def test_everything_is_told_where_that_is_asked_for() -> None:
    done = badgateway(CUT, "-v", "--gateway", "keeper", columns=60)
    assert done.stdout.count("TAKES EFFECT") == 12
    assert done.stdout.count("When the upstream was well again, the gateway gave 200") == 15


def test_what_looks_complete_and_is_not_is_a_failure() -> None:
    done = badgateway(CUT, "--gateway", "careless")
    assert done.exit_code == 1
    assert "disguised: 12" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["first/brokn"], "did you mean"),
        (["--gateway", "referense"], "there is no gateway 'referense'; did you mean reference?"),
        (["first/changed"], "first/changed cannot be replayed against a store: it has several requests"),
        ([CUT, "--gateway", "without"], "--gateway without: there is no grid without a gateway that stores responses"),
        ([CUT, "--html", "no/such/folder/x.html"], "--html no/such/folder/x.html cannot be written: No such file"),
        ([CUT, "--html", "."], "--html . cannot be written: Is a directory"),
        ([CUT, "--svg", "."], "--svg . cannot be written: Is a directory"),
    ],
)
def test_a_mistake_is_one_line(args: list[str], says: str) -> None:
    done = badgateway(*args)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ") or done.stderr.startswith("badgateway: ")
    assert says in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_an_interruption_tells_what_was_played(tmp_path: Path) -> None:
    """Each cell takes a quarter of a second on the wire, four at a time: there is time to interrupt."""
    path, page = tmp_path / "mine", tmp_path / "grid.html"
    path.mkdir()
    for number in range(8):
        (path / f"silent_{number}.py").write_text(stories.SILENT)
    with begun("grid", "--scenarios", path, "-j", "4", "--html", page, COLUMNS="120") as process:
        assert process.stdout is not None
        while "silent_0" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err == f"{page} is written.\n"
    assert re.search(r"\d+ of 120 cells in ", out)
    assert "It was interrupted: " in page.read_text(encoding="utf-8")
