"""A scenario file as pytest items: performing is set-up, judging is the call."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.catalogue import load_file
from lab.performance import Performed
from lab.pytest_plugin.stage import stage
from lab.scenario import Case, cases
from lab.script import Mistake
from lab.verdict import FAILS, Judgement, Verdict

BUFFERED_TOO = ("truncated_bodies",)
"""Chapters that are also played on the gateway that buffers, where the fault's token can still be reported."""


class BrokenExpectation(Exception):
    """The gateway broke a rule; told by `ScenarioItem.repr_failure`."""


class ScenarioFile(pytest.File):
    """One scenario: an item for each variant and gateway."""

    root: Path

    @classmethod
    def of(cls, parent: pytest.Collector, path: Path, root: Path) -> "ScenarioFile":
        file = cls.from_parent(parent, path=path)
        file.root = root
        return file

    def collect(self) -> Iterator[pytest.Item]:
        try:
            scenario = load_file(self.path, self.root)
        except Mistake as mistake:
            raise self.CollectError(str(mistake)) from None
        for case in cases(scenario):
            for gateway in self._gateways(scenario.chapter):
                name = f"{gateway}[{case.variant}]" if case.variant else gateway
                yield ScenarioItem.from_parent(self, name=name, case=case, gateway=gateway)

    def _gateways(self, chapter: str) -> tuple[str, ...]:
        option = self.config.option
        if option.gateway_url:
            return ("running",)
        if option.gateway == "reference" and chapter in BUFFERED_TOO:
            return ("reference", "reference-buffer")
        return (option.gateway,)


class ScenarioItem(pytest.Item):
    """One case on one gateway."""

    def __init__(self, *, case: Case, gateway: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.case = case
        self.gateway = gateway
        self.performed: Performed | None = None
        self.judgement: Judgement | None = None

    def setup(self) -> None:
        """Perform. A fault that never arrived, or a control that failed, is an error and no failure."""
        self.performed = stage(self.config).play(self.case, self.gateway)
        self.judgement = judgement = self.performed.judgement
        if judgement.verdict is Verdict.NOT_APPLICABLE:
            pytest.skip(f"{self.gateway}: {judgement.why}")
        if judgement.verdict is Verdict.INCONCLUSIVE:
            pytest.fail(_inconclusive(judgement), pytrace=False)

    def runtest(self) -> None:
        assert self.judgement is not None
        if self.judgement.verdict in FAILS:
            raise BrokenExpectation

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, BrokenExpectation) and self.judgement is not None:
            from lab.show import broken_expectations

            return broken_expectations(self.judgement)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        line = self.case.scenario.where.line
        return self.path, max(line - 1, 0), f"{self.case.name} on {self.gateway}"


def _inconclusive(judgement: Judgement) -> str:
    from lab.show import whole_transcript

    return f"{judgement.case.scenario.where}: not tested: {judgement.why}\n\n{whole_transcript(judgement.transcript)}"
