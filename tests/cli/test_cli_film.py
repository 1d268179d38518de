"""`badgateway film`: what it writes, and how it refuses."""

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lab.cli.door import door
from lab.cli.recording import HOLD, recorded
from lab.show.film.values import Chapter, Film, Kind, Scene, Step
from tests.cli.door import badgateway

PROMISE = "first/broken_promise"


def test_svg_of_a_scenario_that_is_played(tmp_path: Path) -> None:
    done = badgateway("film", PROMISE, "--out", tmp_path / "promise.svg")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{tmp_path / 'promise.svg'} is written.\n"
    said = "".join(ElementTree.parse(tmp_path / "promise.svg").getroot().itertext())
    assert "The upstream promises 20 bytes and sends 5." in said
    assert "A 200 is a promise, not a proof" in said


def test_page_of_what_was_kept(tmp_path: Path) -> None:
    kept, out = tmp_path / "first.json", tmp_path / "promise.html"
    assert badgateway("run", PROMISE, "first/garbage", "--save", kept).returncode == 0
    done = badgateway("film", kept, "--out", out)
    assert done.returncode == 2
    assert "has 2 of them: name one after it, such as first/broken_promise" in done.stderr
    done = badgateway("film", kept, PROMISE, "--out", out)
    assert (done.returncode, done.stderr) == (0, f"{out} is written.\n")
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "first/broken_promise" in out.read_text(encoding="utf-8")


def test_guide_as_a_page(tmp_path: Path) -> None:
    done = badgateway("film", "--guide", "--out", tmp_path / "guide.html")
    assert done.returncode == 0, done.stderr
    assert "Nothing has changed: 304" in (tmp_path / "guide.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "name a scenario, such as first/broken_promise, or give --guide"),
        ((PROMISE, "first/garbage"), "a film is of one scenario: first/broken_promise, or first/garbage"),
        ((PROMISE, "--guide"), "--guide has its own scenarios"),
        ((PROMISE, "--gateway", "nobody"), "nobody"),
        (("gone.json",), "gone.json cannot be read: No such file or directory"),
    ],
)
def test_wrong_words_are_one_line(
    tmp_path: Path, words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, tmp_path / "film.svg", *words, says=says)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("film.gif", "its name ends in .svg, .html or .webm"),
        ("nowhere/film.svg", "cannot be written: No such file or directory"),
    ],
)
def test_unwritable_is_one_line(tmp_path: Path, name: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, tmp_path / name, PROMISE, says=says)


def refused(capsys: pytest.CaptureFixture[str], out: Path, *words: str, says: str) -> None:
    assert door.status(["film", *words, "--out", str(out)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("badgateway: ")
    assert says in told.err
    assert told.err.count("\n") == 1
    assert not out.exists()


def test_what_is_something_else_stays(tmp_path: Path) -> None:
    mine = tmp_path / "notes.svg"
    mine.write_text("my notes", encoding="utf-8")
    assert door.status(["film", PROMISE, "--out", str(mine)]) == 2
    assert mine.read_text(encoding="utf-8") == "my notes"


def test_video_without_its_programs_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = "a .webm needs ffmpeg and Chromium, and there is no ffmpeg"
    refused(capsys, tmp_path / "film.webm", PROMISE, says=missing)


@pytest.mark.skipif(not shutil.which("ffprobe") or not shutil.which("ffmpeg"), reason="there is no ffmpeg")
@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium")
def test_video_has_its_length_and_its_chapters(tmp_path: Path) -> None:
    def chapter(title: str) -> Chapter:
        return Chapter(title, (Scene(title, (Step(Kind.SAYS, "A word = a word; #1", 1.5),)),))

    out = tmp_path / "film.webm"
    turns: list[str] = []
    out.write_bytes(b"".join(recorded(Film("Two; short = chapters", (chapter("One"), chapter("Two"))), turns.append)))
    probe = ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_format", "-show_streams", str(out)]
    found = json.loads(subprocess.run(probe, capture_output=True, check=True, timeout=20).stdout)
    assert float(found["format"]["duration"]) == pytest.approx(3 + HOLD, abs=0.2)
    assert found["format"]["tags"]["title"] == "Two; short = chapters"
    assert [each["tags"]["title"] for each in found["chapters"]] == ["One", "Two"]
    assert [float(each["start_time"]) for each in found["chapters"]] == [0, 1.5]
    assert (found["streams"][0]["width"], found["streams"][0]["height"]) == (1280, 720)
    assert turns == ["drawn", "joined"]
