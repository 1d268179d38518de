"""Notebooks are written as Python files in jupytext's py:percent form, so that a change of one can be read.

Of that form this reads what our files use: `# %%` and `# %% [markdown]`, with `tags=["exercise"]` or `["solution"]`.
A solution follows its exercise, and stands in its place in the teacher's version.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_HEAD = re.compile(r'# %%(?P<markdown> \[markdown\])?(?: tags=(?P<tags>\[(?:"\w+"(?:, "\w+")*)?\]))?')
EXERCISE, SOLUTION = "exercise", "solution"

SOLVED = "**Solution.** In the learner's version, this is an exercise with three dots in place of the answer."


@dataclass(frozen=True)
class Cell:
    """One cell; its text without an LF at its end. `line`: where it begins in the source."""

    text: str
    markdown: bool
    tags: tuple[str, ...]
    line: int


class Malformed(ValueError):
    """A source that is no notebook of ours; the message says in which line, and why."""


def cells(source: str) -> Iterator[Cell]:
    """The cells of a source, in order, exercises and solutions alike."""
    found: list[tuple[int, re.Match[str], list[str]]] = []
    for number, line in enumerate(source.splitlines(), 1):
        if line.startswith("# %%"):
            head = _HEAD.fullmatch(line)
            if head is None:
                raise Malformed(f'line {number}: a cell begins with # %% or # %% [markdown], and tags=["exercise"]')
            found.append((number, head, []))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            raise Malformed(f"line {number}: the first cell begins with # %%")
    for number, head, lines in found:
        markdown = head["markdown"] is not None
        tags = tuple(json.loads(head["tags"] or "[]"))
        text = "\n".join(_uncommented(lines, number) if markdown else lines).strip("\n")
        yield Cell(text, markdown, tags, number)


def version(source: str, *, solutions: bool) -> list[Cell]:
    """The cells of the learner's version, or of the teacher's: there each exercise has given way to its solution."""
    chosen: list[Cell] = []
    before: Cell | None = None
    for cell in cells(source):
        if SOLUTION in cell.tags:
            if before is None or EXERCISE not in before.tags:
                raise Malformed(f"line {cell.line}: a solution follows its exercise")
            if solutions:
                chosen[-1:] = [Cell(SOLVED, True, (SOLUTION,), cell.line), cell]
        elif before is not None and EXERCISE in before.tags:
            raise Malformed(f"line {before.line}: this exercise has no solution")
        else:
            chosen.append(cell)
        before = cell
    if before is not None and EXERCISE in before.tags:
        raise Malformed(f"line {before.line}: this exercise has no solution")
    return chosen


def notebook(source: str, *, solutions: bool = False) -> dict[str, Any]:
    """The notebook (nbformat 4.5) without outputs; the same source gives the same notebook."""
    return {
        "cells": [_as_json(cell, place) for place, cell in enumerate(version(source, solutions=solutions))],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def as_text(given: dict[str, Any]) -> str:
    """The text of an .ipynb file."""
    return json.dumps(given, indent=1, ensure_ascii=False) + "\n"


def _as_json(cell: Cell, place: int) -> dict[str, Any]:
    name = hashlib.sha256(f"{place} {cell.text}".encode()).hexdigest()[:12]
    common = {
        "cell_type": "markdown" if cell.markdown else "code",
        "id": name,
        "metadata": {"tags": list(cell.tags)} if cell.tags else {},
        "source": cell.text.splitlines(keepends=True),
    }
    return common if cell.markdown else {**common, "execution_count": None, "outputs": []}


def _uncommented(lines: list[str], number: int) -> Iterator[str]:
    for place, line in enumerate(lines, number + 1):
        if line and line != "#" and not line.startswith("# "):
            raise Malformed(f"line {place}: in a markdown cell each line begins with #")
        yield line[2:]
