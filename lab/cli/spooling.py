"""Performances kept aside while others are on, so that what is written of them takes no time from those."""

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lab.cli.problems import Problem
from lab.cli.telling import in_order

if TYPE_CHECKING:
    from lab.performance import Performed
    from lab.scenario import Case
    from lab.show.html.told import Told


class Spool:
    """Keeps performances of these cases in a nameless file of its own, and gives them again as often as asked."""

    def __init__(self, cases: "Sequence[Case]") -> None:
        self._cases = {case.name: case for case in cases}
        self._file = tempfile.TemporaryFile(prefix="badgateway-")  # noqa: SIM115

    def add(self, performed: "Performed") -> None:
        """Keep one. Problem where there is no room."""
        kept = performed.case.name, performed.transcript, performed.control, performed.lacking
        try:
            pickle.dump(kept, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise Problem(f"there is no room for what was performed in {tempfile.gettempdir()}: {error.strerror}"
                          " (TMPDIR names another folder)") from None  # fmt: skip

    def again(self) -> "Iterator[Told]":
        """All of them, in the order of the cases."""
        return in_order(list(self._cases), self._told(), lambda told: told.judgement.case.name)

    def _told(self) -> "Iterator[Told]":
        from lab.performance import Performed
        from lab.show.html.told import Told

        self._file.seek(0)
        while True:
            try:
                name, transcript, control, lacking = pickle.load(self._file)
            except EOFError:
                return
            performed = Performed(self._cases[name], transcript, control, lacking)
            yield Told(performed.judgement, control)

    def close(self) -> None:
        self._file.close()
