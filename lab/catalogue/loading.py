"""From a scenario file to a checked scenario; every mistake carries the author's file and line."""

import contextlib
import importlib.util
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from lab.catalogue.explaining import explained
from lab.scenario import Chapter, Scenario
from lab.scenario.checks import check
from lab.script import Mistake, Where

CHAPTER_FILE = "chapter.py"


def load_file(path: Path, folder: Path) -> Scenario:
    """Load one scenario of a folder. Raises `Mistake`: of several, the first."""
    module = _run(path, folder)
    scenario = getattr(module, "scenario", None)
    if not isinstance(scenario, Scenario):
        raise Mistake("the file has no scenario = Scenario(...)", Where(str(path), 1))
    title, story = _docstring(module, path)
    told = replace(scenario, address=address(path, folder), title=title, story=story)
    with _told(path):
        mistakes = check(told)
    if mistakes:
        raise mistakes[0]
    return told


def load_chapter(folder: Path) -> Chapter | None:
    """The chapter of a folder of scenarios; None where it has no chapter.py."""
    path = folder / CHAPTER_FILE
    if not path.is_file():
        return None
    chapter = getattr(_run(path, folder.parent), "chapter", None)
    if not isinstance(chapter, Chapter):
        raise Mistake("the file has no chapter = Chapter(...)", Where(str(path), 1))
    return chapter


def address(path: Path, folder: Path) -> str:
    """The path is the address: `chapter/name`."""
    return path.relative_to(folder).with_suffix("").as_posix()


def _docstring(module: ModuleType, path: Path) -> tuple[str, str]:
    text = (module.__doc__ or "").strip()
    if not text:
        raise Mistake("the file has no docstring: its first line is the title, the rest the story", Where(str(path), 1))
    title, _, story = text.partition("\n")
    if not story.strip():
        raise Mistake("the docstring has a title but tells no story: what happens, and why?", Where(str(path), 1))
    return title.strip(), story.strip()


def _run(path: Path, folder: Path) -> ModuleType:
    """Execute a scenario file as a module of its own, which no other can shadow."""
    name = "lab_scenarios." + address(path, folder).replace("/", ".")
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise Mistake("this is no Python file", Where(str(path), 1))
    module = importlib.util.module_from_spec(spec)
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        with _told(path):
            spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes_bytecode
    return module


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever the author's code raises is told as a mistake, in one line, with the author's own line."""
    try:
        yield
    except Mistake:
        raise
    except SyntaxError as error:
        raise Mistake(
            f"this is not Python: {error.msg}", Where(error.filename or str(path), error.lineno or 1)
        ) from None
    except OSError as error:
        raise Mistake(f"cannot be read: {error.strerror or error}", Where(str(path), 1)) from None
    except (Exception, SystemExit) as error:
        raise Mistake(" ".join(explained(error).split()), Where(str(path), _own_line(error, path))) from None


def _own_line(error: BaseException, path: Path) -> int:
    """The last line of the author's own file that led to the error."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return (lines[-1] if lines else None) or 1
