"""Where text meets a terminal: its width, its colours, and what its encoding can carry. The one module that needs rich.

Nothing is ever read as markup: the lines arrive as text with styles beside it.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Never, TextIO

from rich.console import Console
from rich.text import Text

from lab.show.text.lines import Line, Style

_LOOKS = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.QUIET: "dim",
    Style.FAULT: "bold red",
    Style.GOOD: "green",
    Style.BAD: "bold red",
    Style.DOUBT: "yellow",
    Style.BYTES: "cyan",
}
_ASCII = str.maketrans({
    "│": "|", "─": "-", "…": "~", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "×": "x", "→": ">",
})  # fmt: skip
_WIDEST_TEXT = 100
_WITHOUT_TERMINAL = 120


class _Quiet(Console):
    def on_broken_pipe(self) -> Never:
        """`| head` has read enough: the door decides what that means."""
        raise BrokenPipeError


class Terminal:
    """Standard output, standard error, or a given stream."""

    def __init__(self, stream: TextIO | None = None, *, stderr: bool = False) -> None:
        self.console = _Quiet(
            file=stream, stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True, safe_box=True
        )

    @property
    def alive(self) -> bool:
        """Whether somebody may be looking: a terminal that can move its cursor."""
        return self.console.is_terminal and not self.console.is_dumb_terminal

    @property
    def width(self) -> int:
        """Columns; a file or a pipe has 120, or what COLUMNS says."""
        if self.console.is_terminal or "COLUMNS" in os.environ:
            return self.console.width
        return _WITHOUT_TERMINAL

    @property
    def text_width(self) -> int:
        """Columns for prose: no line longer than the eye follows."""
        return min(self.width, _WIDEST_TEXT)

    def show(self, lines: Iterable[Line]) -> None:
        """Print lines, each in its styles."""
        for line in lines:
            text = Text(no_wrap=True, overflow="ignore", end="")
            for span in line:
                text.append(self._carried(span.text), _LOOKS[span.style])
            text.rstrip()
            self.console.print(text, crop=False)

    def _carried(self, text: str) -> str:
        """The text in characters that this stream's encoding has: drawing falls back to ASCII, the rest to escapes."""
        encoding = self.console.encoding
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
        return text

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[str], None]]:
        """A bar below what is printed meanwhile; call what it gives with the name of what has just been done.

        Where nobody looks, nothing is drawn.
        """
        if not self.alive:
            yield lambda done: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        shape = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[done]}", markup=False))
        # Without a thread of its own: the bar moves when something was done.
        with Progress(*shape, console=self.console, transient=True, auto_refresh=False) as bar:
            task = bar.add_task("", total=total, done="")
            bar.refresh()

            def advance(done: str) -> None:
                bar.update(task, advance=1, done=self._carried(done), refresh=True)

            yield advance
