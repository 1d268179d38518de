"""`run --save` keeps every byte, and `show FILE.json` shows it again."""

import gzip
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lab.cli.door import door
from lab.cli.telling import InOrder
from lab.show.records import schema
from lab.show.saved import Reader
from lab.verdict import Judgement
from tests.cli import stories
from tests.cli.door import badgateway, begun
from tests.cli.test_cli_run import folder
from tests.show.staged import broken_promise
from tests.show.test_show_records import faults


def do(*args: str | Path) -> Result:
    return CliRunner().invoke(door, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The first chapter, kept, and what `run` said of it."""
    file = tmp_path_factory.mktemp("kept") / "first.json"
    done = badgateway("run", "first", "--save", file)
    assert done.returncode == 0
    return file, done.stdout


@pytest.mark.parametrize(("name", "options"), [("a.json", ()), ("b.json.gz", ("-v",)), ("c.json", ("--json",))])
@pytest.mark.parametrize("http2", [(), ("--http2",)], ids=["HTTP/1.1", "HTTP/2"])
def test_one_is_shown_exactly_as_it_was_run(
    name: str, options: tuple[str, ...], http2: tuple[str, ...], tmp_path: Path
) -> None:
    ran = badgateway("run", "first/broken_promise", *http2, *options, "--save", tmp_path / name)
    shown = badgateway("show", tmp_path / name, *options)
    assert (shown.stdout, shown.returncode) == (ran.stdout, ran.returncode)
    assert shown.stderr == ran.stderr


def test_many_are_shown_exactly_as_they_were_run(kept: tuple[Path, str]) -> None:
    file, said = kept
    assert badgateway("show", file).stdout == said


def test_it_keeps_its_schema(kept: tuple[Path, str]) -> None:
    document = json.loads(kept[0].read_bytes())
    assert list(faults(document, schema("saved"))) == []
    assert len(document["performances"]) == len(document["cases"]) == 7
    assert all("control" in each for each in document["performances"] if each.get("reports"))


def test_of_many_some_are_shown(kept: tuple[Path, str]) -> None:
    shown = badgateway("show", kept[0], "first/garbage")
    assert "You got          502 Bad Gateway" in shown.stdout
    several = badgateway("show", kept[0], "first/garbage", "first/nobody_home").stdout
    assert [row.split()[0] for row in several.splitlines()[1:4]] == ["first", "nobody_home", "garbage"]
    wrong = badgateway("show", kept[0], "first/garbge")
    assert wrong.returncode == 2
    assert "did you mean first/garbage" in wrong.stderr


def test_what_is_not_done_when_interrupted_is_not_in_it(tmp_path: Path) -> None:
    """After the first performance has been told, Ctrl-C: the file is whole, and holds what was summed up."""
    file = tmp_path / "many.json"
    with begun("run", "timing", "first", "-j", "1", "--save", file) as process:
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said = process.stdout.read()
        assert process.wait(20) == 130
    count = len(json.loads(file.read_bytes())["performances"])
    assert 1 <= count < 20
    assert f"{count} of " in said
    assert f"{count} of " in badgateway("show", file).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("name", ["many.json", "many.json.gz"])
def test_what_was_done_when_killed_is_in_it(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    with begun("run", "timing", "first", "-j", "1", "--save", file) as process:
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    shown = badgateway("show", file, "--json")
    assert len(shown.stdout.splitlines()) >= 1
    if name.endswith(".gz"):
        assert "the compressed file ends here, in the middle; what stands before it is shown" in shown.stderr
    else:
        assert json.loads(file.read_bytes())["performances"]


def test_it_is_judged_with_the_scenario_as_it_stands_now(tmp_path: Path) -> None:
    mine = folder(tmp_path / "of", a=stories.KEEPS, b=stories.KEEPS, c=stories.KEEPS)
    file = tmp_path / "kept.json"
    assert do("run", "--scenarios", mine, "--save", file).exit_code == 0
    (mine / "mine" / "a.py").write_text(stories.DEVIATES)
    (mine / "mine" / "b.py").unlink()
    shown = do("show", file, "--scenarios", mine)
    assert shown.exit_code == 1
    assert "!! breaks the rule  mine/a: MUST: it is a 418" in shown.stdout
    assert "?? not tested  mine/b: its scenario is not here" in " ".join(shown.stdout.split()).replace(
        "tested ", "tested  "
    )
    assert "badgateway: changed since, and judged as it stands now: mine/a\n" in shown.stderr
    assert "badgateway: mine/b is not here (is it yours? name its file too, or give --scenarios)" in shown.stderr
    assert f"Look closer: badgateway show {file} 'mine/a' --scenarios {mine} -v" in shown.stdout
    (mine / "mine" / "c.py").write_text("1 / 0\n")
    assert "mine/c is refused now (" in do("show", file, "mine/c", "--scenarios", mine).stderr


def test_a_scenario_of_ones_own_is_found_by_its_file(tmp_path: Path) -> None:
    mine, file = folder(tmp_path / "of", a=stories.DEVIATES) / "mine" / "a.py", tmp_path / "kept.json"
    assert do("run", mine, "--save", file).exit_code == 1
    assert "its scenario is not here" in do("show", file).stdout
    assert do("show", file, mine).stdout == do("run", mine).stdout


def test_a_file_from_elsewhere_executes_nothing(tmp_path: Path) -> None:
    """The address in it is no way out of the folder of scenarios."""
    mine, file = folder(tmp_path / "of", a=stories.KEEPS), tmp_path / "kept.json"
    do("run", "--scenarios", mine, "--save", file)
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'executed')!r}, 'w')\n")
    document = json.loads(file.read_bytes())
    for address in ("../evil", str(tmp_path / "evil"), "mine/../../evil", "a\0b", "x" * 5000, "", ".."):
        document["performances"][0]["transcript"]["scenario"] = address
        file.write_text(json.dumps(document))
        shown = do("show", file, "--scenarios", mine)
        assert shown.exit_code == 1, shown.output
        assert "\0" not in shown.output
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"", "it is empty"),
        (b"no json", "it is no JSON"),
        (b'{"log": {}}', "holds no transcripts of badgateway"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_line(content: bytes | None, says: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    if content is not None:
        file.write_bytes(content)
    shown = do("show", file)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.count("\n") == 1
    assert shown.stderr.startswith(f"badgateway: {file}")
    assert says in shown.stderr


def test_what_is_wrong_with_a_compressed_file_is_one_line(kept: tuple[Path, str], tmp_path: Path) -> None:
    file, whole = tmp_path / "kept.json.gz", gzip.compress(kept[0].read_bytes())
    for content, says in ((b"{}", "no gzip file"), (whole[:-200], "ends here, in the middle"), (b"", "it is empty")):
        file.write_bytes(content)
        shown = do("show", file)
        assert shown.exit_code == 2
        assert says in shown.stderr
        assert shown.stderr.splitlines()[-1].startswith(f"badgateway: {file}")
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    file.write_bytes(damaged)
    assert do("show", file).exit_code == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ("run first/garbage --save kept.txt", "--save kept.txt: its name ends in .json"),
        ("run first/garbage --save no/such/folder.json", "--save no/such/folder.json cannot be written: No such file"),
        ("run first/garbage --save mine.json", "it is already there and holds something else"),
        ("run first/garbage --save mine.json.gz", "it is already there and cannot be read"),
        ("show first/garbage -v", "go with FILE.json"),
        ("show first/garbage first/nobody_home", "go with FILE.json"),
        ("show first/garbage --json", "go with FILE.json"),
    ],
)
def test_a_mistake_is_one_line(args: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine.json", "mine.json.gz"):
        Path(name).write_text('{"mine": 1}')
    result = do(*args.split())
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert says in result.stderr
    assert Path("mine.json").read_text() == '{"mine": 1}'


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_a_file_in_a_forbidden_folder_is_not_said_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    result = do("run", "first/garbage", "--save", tmp_path / "closed" / "x.json")
    assert result.exit_code == 2
    assert result.stderr.endswith("x.json cannot be written: Permission denied\n")


def test_a_file_of_ones_own_is_written_anew(tmp_path: Path) -> None:
    for name in ("kept.json", "kept.json.gz"):
        for _ in range(2):
            assert do("run", "first/garbage", "--save", tmp_path / name).exit_code == 0
        assert do("show", tmp_path / name).exit_code == 0
    (tmp_path / "empty.json").touch()
    assert do("run", "first/garbage", "--save", tmp_path / "empty.json").exit_code == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "full.json").symlink_to("/dev/full")
    result = do("run", "first/garbage", "--save", tmp_path / "full.json")
    assert result.exit_code == 2
    assert "cannot be written: No space left on device" in result.stderr


def test_whoever_stops_reading_is_not_told_of_errors(kept: tuple[Path, str]) -> None:
    command = f"{sys.executable} -m lab show {kept[0]} -v | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.startswith("scenario")
    assert done.stderr == ""


def test_many_are_read_one_at_a_time(kept: tuple[Path, str], tmp_path: Path) -> None:
    """Of a file of several megabytes, only a little is in memory at once."""
    head, first, *rows, _ = kept[0].read_bytes().splitlines(keepends=True)
    file = tmp_path / "many.json"
    with file.open("wb") as many:
        many.writelines([head, first, *rows * 80, b"]}\n"])
    tracemalloc.start()
    try:
        with file.open("rb") as raw:
            count = sum(1 for _ in Reader(raw).performances())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count > 400
    assert file.stat().st_size > 1_500_000
    assert peak < 500_000


def test_those_that_are_told_are_not_kept() -> None:
    """Also where they come in another order, or twice."""
    told: list[Judgement] = []
    judgement = broken_promise()
    order = InOrder([judgement.case.name, "a/b"], told.append)
    for _ in range(3):
        order.add(judgement.case.name, judgement)
    assert len(told) == 3
    order.rest()
    assert len(told) == 3
