"""One loop for many examples, and a look at what each of them leaves: tasks, descriptors, complaints in a log."""

import asyncio
import contextlib
import logging
import os
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_DESCRIPTORS = Path("/proc/self/fd")


class Complaints(logging.Handler):
    """What was logged as an error, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


class Watch:
    """Runs coroutines on one loop. What they leave behind is a failure of the test."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self._runner = runner
        self._complaints = Complaints()

    def run(self, example: Coroutine[Any, Any, T]) -> T:
        """Run an example, and see that it changed nothing that it leaves."""
        result = self._runner.run(example)
        complaints, self._complaints.said = self._complaints.said, []
        assert not complaints, "\n".join(complaints)
        return result

    def held(self) -> tuple[int, int]:
        """How many tasks and descriptors there are."""
        return len(asyncio.all_tasks(self._runner.get_loop())), _open_descriptors()

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        root = logging.getLogger()
        root.addHandler(self._complaints)
        try:
            yield
        finally:
            root.removeHandler(self._complaints)


@contextlib.contextmanager
def watching() -> Iterator[Watch]:
    with asyncio.Runner() as runner:
        watch = Watch(runner)
        with watch.listening():
            yield watch


def _open_descriptors() -> int:
    return len(os.listdir(_DESCRIPTORS)) if _DESCRIPTORS.exists() else 0
