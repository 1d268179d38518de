"""Runs notebooks without Jupyter, cell by cell in this process, and reads what those have shown that a kernel ran."""

import ast
import inspect
import json
from dataclasses import dataclass, field
from functools import cache
from types import CodeType
from typing import Any

from lab.notebook.copying import sources
from lab.notebook.source import Cell, as_text, version

SOURCES = sources()
NAMES = [path.stem for path in SOURCES]


@cache
def text_of(name: str) -> str:
    return next(path for path in SOURCES if path.stem == name).read_text(encoding="utf-8")


@dataclass
class Ran:
    """A code cell, and what it displayed: a bundle of media types for each value."""

    cell: Cell
    shown: list[dict[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(bundle["text/plain"] for bundle in self.shown)


async def in_this_process(name: str, *, solutions: bool) -> list[Ran]:
    """Every code cell, in the loop that runs; the value of its last line is displayed, as a kernel does it."""
    ran: list[Ran] = []
    names: dict[str, Any] = {
        "__name__": "__main__",
        "display": lambda *given: ran[-1].shown.extend(map(_bundle, given)),
    }
    for cell in version(text_of(name), solutions=solutions):
        if cell.markdown:
            continue
        ran.append(Ran(cell))
        body = ast.parse(cell.text, f"{name}, line {cell.line}").body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        await _run(ast.Module(body, []), "exec", name, names)
        if isinstance(last, ast.Expr):
            value = await _run(ast.Expression(last.value), "eval", name, names)
            if value is not None:
                ran[-1].shown.append(_bundle(value))
    return ran


async def _run(tree: ast.Module | ast.Expression, mode: str, name: str, names: dict[str, Any]) -> Any:
    code: CodeType = compile(tree, name, mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    value = eval(code, names)
    return await value if code.co_flags & inspect.CO_COROUTINE else value


def _bundle(value: Any) -> dict[str, str]:
    if hasattr(value, "_repr_mimebundle_"):
        bundle: dict[str, str] = value._repr_mimebundle_()
        return bundle
    return {"text/plain": repr(value)}


def outputs(cell: Any) -> str:
    """What a cell of a notebook that was run has shown, as text."""
    return "\n".join(str(each.get("data", {}).get("text/plain", each.get("text", ""))) for each in cell["outputs"])


def clean(given: dict[str, Any]) -> bool:
    """Whether no cell has an output."""
    return not any(cell.get("outputs") or cell.get("execution_count") for cell in json.loads(as_text(given))["cells"])
