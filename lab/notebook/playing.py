"""Steps that a reader just writes down are played as they are, without a mark, a control or an expectation."""

from lab.notebook.finding import IN_A_CELL
from lab.notebook.performing import gateway_of
from lab.notebook.problems import problems
from lab.notebook.run import Run
from lab.scenario import Case, Scenario
from lab.script import Get, Request, Script, Upstream
from lab.verdict import judge

_SAYS = "What do these steps become?"


async def play(upstream: Upstream, gateway: str = "reference", *, client: Request | Script = Get("/report")) -> Run:
    """Play an upstream's steps: `await play([ReceiveRequest(), Send(b"HTTP/1.1 200 OK\\r\\n", b"\\r\\n"), Close()])`.

    Nothing about them is checked, and nothing is judged: the facts of the run are all that it says.
    """
    from lab.performance import perform

    with problems():
        scenario = Scenario(lesson=_SAYS, guess=_SAYS, client=client, upstream=upstream, title=_SAYS, address=IN_A_CELL)
        case = Case(scenario)
        return Run(judge(case, await perform(case, gateway_of(gateway))))
