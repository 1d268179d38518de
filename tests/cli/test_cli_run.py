"""`badgateway run`: one as a picture, many as a table, JSON and JUnit, the exit status, and every way to end early."""

import json
import shlex
import signal
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lab.show.records import schema
from tests.cli import stories
from tests.cli.door import badgateway, begun, url_told
from tests.real.programs import reserved_address
from tests.show.test_show_records import faults


def folder(path: Path, **files: str) -> Path:
    """A folder of scenarios with one chapter, `mine`."""
    (path / "mine").mkdir(parents=True)
    for name, text in files.items():
        (path / "mine" / f"{name}.py").write_text(text)
    return path


def test_one_scenario_is_a_picture_with_three_answers() -> None:
    done = badgateway("run", "first/broken_promise")
    assert done.returncode == 0
    assert done.stderr == ""
    rows = done.stdout.splitlines()
    begin, end = rows.index(next(row for row in rows if row.startswith("client "))), rows.index("")
    picture = rows[begin : rows.index("", end + 1)]
    assert len(picture) <= 12
    assert any(row.endswith("closes (FIN) ─│ !!") for row in picture)
    assert "You got          200 OK and 5 of 20 bytes." in rows
    assert "Who made it      The upstream. The gateway passed on what came." in rows
    assert "Could you tell?  Yes: 15 bytes are missing (Content-Length said 20)." in rows
    assert "Transcript" not in done.stdout


def test_verbose_shows_clauses_and_the_whole_transcript() -> None:
    said = badgateway("run", "first/broken_promise", "-v").stdout
    assert "RFC 9112, 6.3" in said
    assert "https://www.rfc-editor.org/rfc/rfc9112#section-6.3" in said
    assert r"Content-Length: 20\r\n" in said
    assert "TAKES EFFECT" in said


def test_many_are_a_table_in_the_order_of_the_catalogue() -> None:
    done = badgateway("run", "first", "-j", "4")
    assert done.returncode == 0
    rows = [row.split() for row in done.stdout.splitlines()]
    assert rows[0] == "scenario status outcome made by Proxy-Status error verdict".split()  # noqa: SIM905
    assert [row[0] for row in rows if row[:1] and row[0] in ("nobody_home", "garbage", "broken_promise")] == [
        "nobody_home", "garbage", "broken_promise",
    ]  # fmt: skip
    assert ["nobody_home", "502", "reported", "gateway", "connection_refused", "keeps", "the", "rule"] in rows
    assert done.stdout.splitlines()[-1].startswith("7 performances on reference in ")


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
def test_a_table_fits_its_terminal(columns: str) -> None:
    done = badgateway("run", "first", COLUMNS=columns)
    assert max(map(len, done.stdout.splitlines())) <= int(columns)
    assert "connection_refused" in done.stdout
    assert "keeps the rule" in done.stdout


@pytest.mark.parametrize(
    ("files", "status", "says"),
    [
        ({"good": stories.KEEPS}, 0, "keeps the rule"),
        ({"advice": stories.AGAINST_ADVICE}, 0, "against advice"),
        ({"bad": stories.DEVIATES}, 1, "!! The gateway breaks the rule"),
        ({"bad": stories.UNSOUND}, 1, "!! What the gateway does is unsound"),
        ({"bad": stories.INCONCLUSIVE}, 1, "?? Not tested"),
        ({"good": stories.KEEPS, "bad": stories.DEVIATES}, 1, "Look closer: badgateway run 'mine/bad' --scenarios "),
    ],
)
def test_the_exit_status(files: dict[str, str], status: int, says: str, tmp_path: Path) -> None:
    done = badgateway("run", "--scenarios", folder(tmp_path, **files))
    assert done.returncode == status
    assert says in done.stdout


def test_json_keeps_its_schema(tmp_path: Path) -> None:
    files = {"a": stories.KEEPS, "b": stories.DEVIATES, "c": stories.INCONCLUSIVE}
    done = badgateway("run", "--json", "--scenarios", folder(tmp_path, **files))
    assert done.returncode == 1
    records = [json.loads(row) for row in done.stdout.splitlines()]
    assert [fault for record in records for fault in faults(record, schema("run"))] == []
    assert [(each["scenario"], each["verdict"]) for each in records] == [
        ("mine/a", "conforms"), ("mine/b", "deviates"), ("mine/c", "inconclusive"),
    ]  # fmt: skip
    assert "3 performances" in done.stderr


def test_list_json_keeps_its_schema() -> None:
    done = badgateway("list", "first", "--level", "1", "--json")
    records = [json.loads(row) for row in done.stdout.splitlines()]
    assert len(records) == 7
    assert [fault for record in records for fault in faults(record, schema("list"))] == []


def test_junit(tmp_path: Path) -> None:
    files = {"a": stories.KEEPS, "b": stories.DEVIATES, "c": stories.INCONCLUSIVE}
    done = badgateway("run", "--scenarios", folder(tmp_path, **files), "--junit", tmp_path / "report.xml")
    assert done.returncode == 1
    [suite] = ElementTree.parse(tmp_path / "report.xml").getroot()
    assert (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) == (
        "mine",
        "3",
        "1",
        "1",
    )
    cases = {case.get("name"): case for case in suite}
    assert cases["a"].find("failure") is None
    failure = cases["b"].find("failure")
    assert failure is not None
    assert failure.get("message") == "it is a 418"
    assert "RFC 9110, 15" in (failure.text or "")
    assert cases["c"].find("error") is not None
    assert "GET / HTTP/1.1" in (cases["b"].findtext("system-out") or "")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    assert badgateway("new", tmp_path / "mine" / "short.py").returncode == 0
    done = badgateway("run", "mine/short.py", cwd=tmp_path)
    assert done.returncode == 0
    assert "mine/short on reference" in done.stdout


def looked_closer(said: str) -> list[str]:
    """The words after `badgateway` in the line that says how to look closer."""
    return shlex.split(said.partition("Look closer: badgateway ")[2].splitlines()[0])


def test_look_closer_repeats_the_options(tmp_path: Path) -> None:
    path = folder(tmp_path / "of my own", good=stories.KEEPS, bad=stories.DEVIATES)
    done = badgateway("run", "--scenarios", path, "--gateway", "reference-buffer")
    words = looked_closer(done.stdout)
    assert words == ["run", "mine/bad", "--gateway", "reference-buffer", "--scenarios", str(path), "-v"]
    assert "mine/bad on reference-buffer" in " ".join(badgateway(*words).stdout.split())


def test_look_closer_names_a_file_as_it_was_given(tmp_path: Path) -> None:
    folder(tmp_path, good=stories.KEEPS, bad=stories.DEVIATES)
    [bad] = tmp_path.rglob("bad.py")
    [good] = tmp_path.rglob("good.py")
    words = looked_closer(badgateway("run", good, bad).stdout)
    assert words == ["run", str(bad), "-v"]
    assert "mine/bad on reference" in badgateway(*words).stdout


def test_look_closer_repeats_where_the_gateway_runs(tmp_path: Path) -> None:
    path = folder(tmp_path, one=stories.KEEPS, two=stories.DEVIATES)
    with (
        reserved_address() as behind,
        begun("gateway", "--upstream", f"http://{behind}", "--listen", "127.0.0.1:0") as on,
    ):
        there = ("--gateway-url", url_told(on), "--upstream-listen", behind)
        words = looked_closer(badgateway("run", "--scenarios", path, *there).stdout)
    assert words == ["run", "mine/two", *there, "--scenarios", str(path), "-v"]


def test_a_folder_that_is_no_chapter(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    done = badgateway("run", "own", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2, "badgateway: own is a folder, and no chapter: use --scenarios own\n",
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_an_interruption_sums_up_what_was_played(tmp_path: Path) -> None:
    """Each story takes a quarter of a second on the wire, one after the other: there is time to interrupt."""
    files = {f"silent_{number:02}": stories.SILENT for number in range(40)}
    path, report = folder(tmp_path, **files), tmp_path / "report.xml"
    with begun("run", "--scenarios", path, "-j", "1", "--junit", report) as process:
        assert process.stdout is not None
        while "silent_01" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err == ""
    summary = out.splitlines()[-1]
    assert " of 40 on reference in " in summary
    assert 2 <= int(ElementTree.parse(report).getroot().get("tests", "0")) < 40


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
@pytest.mark.parametrize(
    "args", [["run", "first"], ["run", "first", "--json"], ["list", "--json"], ["list"], ["words"]]
)
def test_nobody_reads_on(args: list[str]) -> None:
    with begun(*args) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
        # What was written before the pipe closed may have been all of it.
        assert process.wait(20) in (0, 141)


def test_ascii_where_the_encoding_has_no_more() -> None:
    done = badgateway("run", "first/broken_promise", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "|<------------------- closes (FIN) -| !!" in done.stdout
    assert badgateway("run", "first/broken_promise", PYTHONIOENCODING="cp1252").returncode == 0
