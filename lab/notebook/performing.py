"""Performs in the loop that a notebook runs in anyway: `await` stands at the top of a cell."""

from collections.abc import Iterable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from lab.notebook.finding import Named, case_of, cases_of
from lab.notebook.problems import Problem, problems
from lab.notebook.run import Run, Runs

if TYPE_CHECKING:
    from lab.gateways import Gateway

JOBS = 8
"""So many performances at the same time."""


async def perform(
    given: Named, gateway: "str | Gateway" = "reference", *, variant: str | None = None, http2: bool = False
) -> Run:
    """Play one scenario on a gateway, with its control, and give what came of it.

    `given`: a name such as "first/broken_promise" (a variant in brackets), a file, or a `Scenario` from a cell.
    `gateway`: reference, reference-buffer or reference-lenient, or a gateway as a value. `http2`: ask over HTTP/2.
    Nothing is left behind, also where the cell is interrupted.
    """
    from lab.performance import perform_with_control

    case = case_of(given, variant)
    if http2:
        over = case.over_http2()
        if over is None:
            raise Problem(f"{case.name} cannot be asked over HTTP/2: its client writes its bytes itself, or is older")
        case = over
    performed = await perform_with_control(case, gateway_of(gateway))
    return Run(performed.judgement, performed.control)


async def perform_all(given: Named | Iterable[Named], gateway: str | Sequence[str] = "reference") -> Runs:
    """Play many: a chapter, all variants of a scenario, or a list of them; on one gateway, or on several."""
    from lab.performance import perform_all as all_of

    named = [given] if isinstance(given, Named) else list(given)
    cases = [case for each in named for case in cases_of(each)]
    runs: dict[tuple[str, str], Run] = {}
    names = [gateway] if isinstance(gateway, str) else list(gateway)
    for name in names:
        async with aclosing(all_of(cases, gateway_of(name), jobs=JOBS)) as performed:
            async for each in performed:
                runs[each.case.name, name] = Run(each.judgement, each.control)
    return Runs([runs[case.name, name] for case in cases for name in names])


def gateway_of(name: "str | Gateway") -> "Gateway":
    """The gateway that is meant: by its name, or as a value with settings of its own."""
    from lab.gateways.names import gateway_named

    with problems():
        return gateway_named(name) if isinstance(name, str) else name
