"""The two lessons and their hand-out: every command is run, and what is quoted of its output is what it prints."""

import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from lab.cli.door import COMMANDS, door
from lab.home import scenarios_folder

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
TEACHING = (NOTEBOOKS / "TEACHING.md").read_text(encoding="utf-8")
HANDOUT = (NOTEBOOKS / "HANDOUT.md").read_text(encoding="utf-8")
_FENCED = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def badgateway(*words: str | Path, cwd: Path) -> Result:
    """The command, in this process: there are many."""
    with chdir(cwd):
        return CliRunner().invoke(door, [str(word) for word in words], env={"COLUMNS": None, "FORCE_COLOR": None})


def blocks(text: str) -> list[str]:
    return _FENCED.findall(text)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each with what is quoted of what it prints."""
    for block in blocks(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, printed = part.partition("\n")
            yield line, printed


def inline(text: str) -> list[str]:
    """The commands within the text and its tables, without what stands in fences."""
    return [" ".join(each.split()) for each in re.findall(r"`(badgateway [^`]+)`", _FENCED.sub("", text))]


def in_the_table(text: str) -> list[str]:
    """The commands of the table whose first heading is the beginning of each of them."""
    _, _, rows = text.partition("| `badgateway run` ...")
    return [f"badgateway run {each}" for each in re.findall(r"^\| `([^`]+)` \|", rows, re.MULTILINE)]


def in_order(pieces: list[str], text: str) -> str | None:
    """The first of these lines that does not follow in this text on those before it."""
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        if found < 0:
            return piece
        place = found + len(piece)
    return None


def small_catalogue(folder: Path) -> Path:
    """One chapter: the comparison plays all that there is, which takes ten seconds and changes nothing quoted here."""
    copytree(scenarios_folder() / "first", folder / "catalogue" / "first")
    return folder / "catalogue"


def test_what_follows_is_found_in_order_only() -> None:
    assert in_order(["a", "c"], "a b c") is None
    assert in_order(["c", "a"], "a b c") == "a"


@pytest.mark.parametrize("part", ["day before", "lesson 1", "lesson 2", "hand-out"])
def test_the_commands_do_what_the_lessons_say(part: str, tmp_path: Path) -> None:
    one, _, two = TEACHING.partition("## Lesson 2")
    before, _, one = one.partition("## Lesson 1")
    text = {"day before": before, "lesson 1": one, "lesson 2": two, "hand-out": HANDOUT}[part]
    found = list(commands(text))
    assert len(found) >= 3
    for line, printed in found:
        name, *words = shlex.split(line)
        assert name == "badgateway"
        if words[0] == "compare":
            words += ["--scenarios", str(small_catalogue(tmp_path))]
        done = badgateway(*words, cwd=tmp_path)
        assert done.exit_code == 0, f"{line}\n{done.output}"
        quoted = [row for row in printed.splitlines() if row and row != "..."]
        assert in_order(quoted, done.output) is None, line


def test_the_hand_out_names_no_command_that_is_not_run() -> None:
    """Its table has those of the lessons; the others are in the README, or have tests of their own."""
    fenced = {line for line, _ in (*commands(TEACHING), *commands(HANDOUT))}
    table = in_the_table(HANDOUT)
    assert len(table) == 10
    for line in (*inline(HANDOUT), *table):
        name = shlex.split(line)[1]
        assert line in fenced or line == "badgateway run" or name in {"tour", "words", "notebooks"}, line


def test_what_is_named_is_there() -> None:
    for text in (TEACHING, HANDOUT):
        for line in inline(text):
            assert shlex.split(line)[1] in {*COMMANDS, "--version"}, line


@pytest.mark.parametrize("lesson", [1, 2])
def test_the_minutes_of_a_lesson_add_up(lesson: int) -> None:
    text = TEACHING.split("## Lesson ")[lesson].split("\n## ")[0]
    headings = re.findall(r"^### (\d):(\d\d) .*\((\d+) minutes\)$", text, re.MULTILINE)
    parts = [(int(hour) * 60 + int(minute), int(takes)) for hour, minute, takes in headings]
    ends = [begin + takes for begin, takes in parts]
    assert [begin for begin, _ in parts] == [0, *ends[:-1]]
    assert ends[-1] == 90


def test_the_course_has_each_notebook() -> None:
    named = re.findall(r"^\| `(\d\d_\w+)` \|", TEACHING, re.MULTILINE)
    assert named == sorted(path.stem for path in NOTEBOOKS.glob("[0-9][0-9]_*.py"))


TASKS = {
    "one byte": (
        [('b"hello",  ', 'b"hello, how are you?",  '), ('b", how are you? "', 'b" "')],
        "19 of 20 bytes",
    ),
    "in the header section": (
        [('            b"\\r\\n",\n            b"hello",                    # 5 of 20\n', ""),
         ('b", how are you? "', 'b"\\r\\nhello, how are you? "')],
        "502 Bad Gateway",
    ),
    "reset": ([("Close(wrong", "Reset(wrong")], "breaks off (RST)"),
}  # fmt: skip


@pytest.mark.parametrize("task", TASKS)
def test_the_tasks_can_be_solved(task: str, tmp_path: Path) -> None:
    changes, comes = TASKS[task]
    file = tmp_path / "too_short.py"
    assert badgateway("new", file, "--from", "first/broken_promise", cwd=tmp_path).exit_code == 0
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    done = badgateway("run", file, cwd=tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert comes in done.stdout


def test_a_repaired_scenario_is_told_that_its_mark_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "too_short.py"
    badgateway("new", file, "--from", "first/broken_promise", cwd=tmp_path)
    text = file.read_text(encoding="utf-8").replace('b"hello",', 'b"hello, how are you? ",')
    file.write_text(text, encoding="utf-8")
    assert "marked wrong=, but the bytes are a valid, complete answer" in badgateway("run", file, cwd=tmp_path).stderr
