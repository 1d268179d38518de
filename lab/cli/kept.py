"""Files of kept performances, gone through as often as asked; each is judged with its scenario as it is now."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lab.cli.problems import Problem
from lab.cli.saving import opened
from lab.cli.stock import Stock
from lab.cli.telling import in_order
from lab.show.html.told import Told
from lab.show.saved import Reader, Unreadable, judged_again


class Kept:
    """What these files hold of what the stock is asked for. `names`: of the cases in each, in the order in which they
    are told. `broken`: why the rest of a file cannot be read; `seconds` that they took; both once they were read.

    Problem where a file cannot be read at all, or none has what is asked for.
    """

    def __init__(self, files: Sequence[Path], stock: Stock) -> None:
        self._files, self._stock = files, stock
        self.broken: dict[Path, str] = {}
        self._seconds: dict[Path, float | None] = {}
        self._unknown: dict[Path, dict[str, int]] = {}
        headings = {file: self._heading(file) for file in files}
        stock.refuse_missing({name for names in headings.values() for name in names}, " ".join(map(str, files)))
        self.names = {file: stock.chosen(names) for file, names in headings.items()}

    @property
    def seconds(self) -> float | None:
        """None where a file does not say."""
        given = [seconds for seconds in self._seconds.values() if seconds is not None]
        return sum(given) if len(given) == len(self._files) else None

    @property
    def unknown(self) -> Counter[str]:
        """Words that this version does not know, and how often they came."""
        return sum((Counter(found) for found in self._unknown.values()), Counter())

    def again(self) -> Iterator[Told]:
        """All of them, file after file."""
        for file in self._files:
            yield from in_order(self.names[file], self._told(file), lambda told: told.judgement.case.name)

    def _told(self, file: Path) -> Iterator[Told]:
        with _reading(file) as reader:
            try:
                for saved in reader.performances():
                    if self._stock.means(saved.name):
                        yield Told(judged_again(saved, self._stock.case_of(saved)), saved.control)
            except Unreadable as error:
                self.broken[file] = str(error)
            self._seconds[file], self._unknown[file] = reader.seconds, reader.unknown

    def _heading(self, file: Path) -> tuple[str, ...]:
        with _reading(file) as reader:
            return reader.heading.cases


@contextmanager
def _reading(file: Path) -> Iterator[Reader]:
    try:
        with opened(file) as raw:
            yield _reader(file, raw)
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}") from None


def _reader(file: Path, raw: BinaryIO) -> Reader:
    try:
        return Reader(raw)
    except Unreadable as error:
        raise Problem(f"{file}: {error}") from None
