"""How a notebook is told what went wrong: one line, with the cell and its line, and no traceback.

Nothing of IPython is imported: where it runs, it is there already.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import lab
from lab.catalogue.explaining import explained
from lab.script import Mistake, Where


class Problem(Exception):
    """What the reader of a notebook got wrong, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [str(self)]


@contextmanager
def problems() -> Iterator[None]:
    """Errors whose message is one line for the reader already become problems."""
    try:
        yield
    except Mistake as mistake:
        raise Problem(told(mistake)) from None
    except (LookupError, ValueError, FileNotFoundError) as error:
        raise Problem(" ".join(map(str, error.args)) if not isinstance(error, OSError) else str(error)) from None


def told(mistake: Mistake) -> str:
    """A mistake with its place: a cell and its line, or a file and its line."""
    return f"{place(mistake.where)}: {mistake.says}" if mistake.where.file else mistake.says


def place(where: Where) -> str:
    """`In [3], line 5`, where it is in a cell."""
    shell = _shell()
    named = shell.compile.format_code_name(where.file) if shell is not None else None
    if named is None:
        return str(where)
    return f"{' '.join(str(word) for word in named)}, line {where.line}"


def tell_mistakes() -> None:
    """Have IPython, where it runs, tell mistakes in a cell in one line; also a misspelt word of the language."""
    if (shell := _shell()) is not None:
        shell.set_custom_exc((Mistake, NameError, TypeError), _tell)


def _tell(
    shell: Any, kind: type[BaseException], error: BaseException, traceback: TracebackType, tb_offset: int | None = None
) -> list[str]:
    says = _in_one_line(error, traceback)
    if says is None:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
        return []
    lines = [says]
    shell._showtraceback(kind, error, lines)
    return lines


def _in_one_line(error: BaseException, traceback: TracebackType | None) -> str | None:
    """None: it is an error like any other, and has its traceback."""
    if isinstance(error, Mistake):
        return told(error)
    while traceback is not None and traceback.tb_next is not None and not _ours(traceback.tb_next):
        traceback = traceback.tb_next
    if traceback is None:
        return None
    code = traceback.tb_frame.f_code
    says = _unknown(error, in_a_cell=code.co_name.startswith("<")) if isinstance(error, NameError) else explained(error)
    if isinstance(error, TypeError) and not any(says.startswith(f"{word}() ") for word in lab.__all__):
        return None
    return f"{place(Where(code.co_filename, traceback.tb_lineno))}: {says}" if says else None


def _unknown(error: NameError, *, in_a_cell: bool) -> str:
    """What may be meant by a name that is not known; nothing, where that is the reader's own affair."""
    says = explained(error)
    if "not known yet" in says:
        return says
    near = "; did you mean" in says
    if not (in_a_cell and str(error.name).islower()):
        return says if near else ""
    quoted = f'write "{error.name}", in quotes'
    return f"{says} If it is a word, {quoted}" if near else f"{error.name} is not known here: if it is a word, {quoted}"


def _ours(traceback: TracebackType) -> bool:
    return str(traceback.tb_frame.f_globals.get("__name__", "")).partition(".")[0] == "lab"


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
