"""The exercises of notebook 11."""

from collections.abc import Iterable

from lab.expect import Answers, Expectation, Question
from lab.expect.predicates import Predicate
from lab.notebook.exercising import Checked, exercise, look_again, right
from lab.notebook.performing import perform, perform_all
from lab.notebook.run import Run
from lab.scenario import Scenario
from lab.script import Get, ReceiveRequest, Send
from lab.verdict import Verdict


@exercise
async def a_whole_answer(lines: object) -> Checked:
    """Write the status line, and run it: the lab tells the rest."""
    if not isinstance(lines, list | tuple) or not all(isinstance(line, bytes) for line in lines):
        return look_again('an answer is a list of lines in bytes, such as [b"HTTP/1.1 200 OK\\r\\n", b"\\r\\n"].')
    run = await perform(
        Scenario(
            lesson="Nothing is wrong with it.",
            guess="Is it whole?",
            client=Get("/report"),
            upstream=[ReceiveRequest(), Send(*lines)],
            expect=[Question("Is it a 200?", Answers(200))],
        )
    )
    if run.status != 200:
        return look_again(f"the answer is whole, but its status is {run.status}, and 200 was asked for.")
    if not run.content:
        return look_again("the answer is whole, but empty: the content should come through, too.")
    return right("the lab found nothing wrong with these bytes, and the client got all of them.")


@exercise
async def one_marked_fault(scenario: object) -> Checked:
    """Write a whole Scenario(...) with one step marked wrong=."""
    if not isinstance(scenario, Scenario):
        return look_again("my_scenario is the value that Scenario(...) gives.")
    if not scenario.reports:
        return look_again("nothing is wrong in it yet: give a step wrong= and right=, and the scenario reports=[...].")
    run = await perform(scenario)
    if run.judgement.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_REACHED, Verdict.NOT_APPLICABLE):
        return look_again(f"the lab could not test it: {run.judgement.why}.")
    return right(f"the fault took effect, and the control came through. The client got {run.status or 'no status'}"
                 f" ({run.outcome}).")  # fmt: skip


@exercise
async def tells_them_apart(condition: object) -> Checked:
    """Write a condition, such as Complete(), that holds for one of the two runs alone."""
    if not isinstance(condition, Predicate | Expectation):
        return look_again("a condition is a word with its brackets, such as Complete() or Answers(200).")
    nobody, broken = await perform_all(["first/nobody_home", "first/broken_promise"])
    if not condition.holds(nobody.exchanges[-1]):
        return look_again("it does not hold for first/nobody_home. What did its client get, and from whom?")
    if condition.holds(broken.exchanges[-1]):
        return look_again("it holds for first/broken_promise, too.")
    return right("it holds where the gateway spoke for itself, and not where it passed on a promise that was broken.")


@exercise
def what_decides(answer: object, runs: Iterable[Run]) -> Checked:
    """Look at the column with the status: write "how much" or "which gateway"."""
    statuses = {(run.judgement.case.variant, run.gateway): run.status for run in runs}
    by_gateway = all(
        len({status for (_, gateway), status in statuses.items() if gateway == name}) == 1
        for name in {gateway for _, gateway in statuses}
    )
    decides = "which gateway" if by_gateway else "how much"
    if str(answer).strip().lower() == decides:
        return right("one byte or nineteen: incomplete is incomplete. What matters is whether the gateway had already"
                     " begun to pass the answer on.")  # fmt: skip
    return look_again("compare the rows of one gateway with each other, and then one variant on both gateways.")
