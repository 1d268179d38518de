"""What `run` and `show` write beside what they tell: every target is refused before anything is performed."""

import json
import shlex
import signal
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from lab.cli.door import door
from tests.cli import stories
from tests.cli.door import begun
from tests.cli.test_cli_run import folder

FILES = {"--svg": "a.svg", "--html": "a.html", "--har": "a.har", "--pcapng": "a.pcapng"}
LONG = "a" * 300 + ".svg"


def do(*args: str | Path) -> Result:
    return CliRunner().invoke(door, [str(arg) for arg in args])


def targets(path: Path) -> list[str]:
    return [word for option, name in FILES.items() for word in (option, str(path / name))]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two performances, kept and written at once."""
    path = tmp_path_factory.mktemp("kept")
    done = do("run", "first/garbage", "first/all_is_well", "--save", path / "kept.json", *targets(path))
    assert done.exit_code == 0, done.output
    return path


def test_what_is_kept_is_written_as_what_is_run(kept: Path, tmp_path: Path) -> None:
    """The same bytes, in the order in which it was asked for, whichever performance ended first."""
    shown = do("show", kept / "kept.json", *targets(tmp_path))
    assert shown.exit_code == 0, shown.output
    assert shown.stderr.count(" is written.\n") == 4
    for name in FILES.values():
        assert (tmp_path / name).read_bytes() == (kept / name).read_bytes()
    html = (kept / "a.html").read_text(encoding="utf-8")
    assert html.index('<article id="first.2f.garbage"') < html.index('<article id="first.2f.all_is_well"')
    assert len(json.loads((kept / "a.har").read_bytes())["log"]["entries"]) == 4
    assert (kept / "a.pcapng").read_bytes().startswith(b"\n\r\r\n")


def test_the_picture_is_what_fits(kept: Path, tmp_path: Path) -> None:
    """Of one the diagram, of many a table; of a folder each."""
    one, folder_of = tmp_path / "one.svg", f"{tmp_path / 'each'}/"
    assert do("show", kept / "kept.json", "first/garbage", "--svg", one, "--to-scale").exit_code == 0
    assert "first/garbage on reference" in (ElementTree.parse(one).getroot().findtext("{*}title") or "")
    assert do("show", kept / "kept.json", kept / "kept.json", "--svg", folder_of).exit_code == 0
    assert sorted(path.name for path in Path(folder_of).iterdir()) == [
        "first_all_is_well-reference.svg", "first_all_is_well.svg",
        "first_garbage-reference.svg", "first_garbage.svg",
    ]  # fmt: skip


def test_a_picture_overwrites_nothing_else_in_its_folder(kept: Path, tmp_path: Path) -> None:
    mine = tmp_path / "first_garbage.svg"
    mine.write_text("my own notes", encoding="utf-8")
    done = do("show", kept / "kept.json", "--svg", f"{tmp_path}/")
    assert done.exit_code == 2
    assert f"--svg {mine}: it is already there and holds something else" in done.output
    assert mine.read_text(encoding="utf-8") == "my own notes"


def test_several_files_are_one_page(kept: Path, tmp_path: Path) -> None:
    document = json.loads((kept / "kept.json").read_bytes())
    for each in document["performances"]:
        each["transcript"]["gateway"]["name"] = "../other"
        each["transcript"]["scenario"] = "../../out"
    (tmp_path / "other.json").write_text(json.dumps(document))
    inside = tmp_path / "each"
    both = (kept / "kept.json", tmp_path / "other.json")
    assert do("show", *both, "--html", tmp_path / "a.html", "--svg", f"{inside}/").exit_code == 1
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.count("<article") == 4
    assert "4 performances on 2 gateways" in text
    assert len(list(inside.iterdir())) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "each", "other.json"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ("--html no/such/a.html", "--html no/such/a.html cannot be written: No such file or directory"),
        ("--har .", "--har . cannot be written: Is a directory"),
        ("--pcapng mine.txt", "--pcapng mine.txt: it is already there and holds something else: choose another name"),
        ("--svg a.x --html a.x", "--html a.x: this file is named twice"),
        ("--save a.json --har a.json", "--har a.json: this file is named twice"),
        ("--svg mine.txt/", "--svg mine.txt cannot be made: File exists"),
        ("--svg -", "--svg -: give the name of a file"),
        ("--svg ''", "--svg: give it the name of a file, or of a folder"),
        (f"--svg {LONG}", f"--svg {LONG} cannot be written: "),
        ("--to-scale", "--to-scale goes with --svg FILE"),
    ],
)
def test_a_target_is_refused_before_anything_is_played(
    args: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.txt").write_text("mine")
    result = do("run", "first/garbage", *shlex.split(args))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert says in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert Path("mine.txt").read_text() == "mine"


def test_a_scenario_that_is_only_read_is_not_written() -> None:
    result = do("show", "first/garbage", "--html", "a.html")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "go with FILE.json, or with `badgateway run`" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_an_interruption_writes_what_was_played(tmp_path: Path) -> None:
    files = {f"silent_{number:02}": stories.SILENT for number in range(20)}
    path = folder(tmp_path, **files)
    with begun("run", "--scenarios", path, "-j", "1", "--html", tmp_path / "a.html") as process:
        assert process.stdout is not None
        while "silent_01" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode == 130
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert 2 <= text.count("<article") < 20
    assert text.endswith("</html>\n")
