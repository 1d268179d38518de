"""The exercises of notebook 01."""

from lab.notebook.breaking import Breaks
from lab.notebook.exercising import Checked, exercise, look_again, right
from lab.notebook.run import Run, Runs
from lab.outcome.stages import Stage, stages
from lab.transcript import UPSTREAM_HOP


@exercise
def in_order(answer: object) -> Checked:
    """Write the four stages in their order, each in quotes."""
    order = [stage.value for stage in Stage]
    if not isinstance(answer, list | tuple):
        return look_again('write a list of four words, such as ["one", "two", "three", "four"].')
    given = [str(word).strip().lower() for word in answer]
    if given == order:
        return right("each stage needs the one before it, so that a failure at one is the end of what comes after.")
    if sorted(given) == sorted(order):
        return look_again("these are the four. What must there be before a request can be sent?")
    return look_again("read the picture above from top to bottom: at the left of each row stands its stage.")


@exercise
def added_by_the_gateway(answer: object, run: Run) -> Checked:
    """Name a field that the gateway sent and the client did not."""
    added = _names(run.upstream_received) - _names(run.client_sent)
    name = str(answer).strip().rstrip(":").lower()
    if name in added:
        return right("the gateway writes a request of its own. It is the client on this connection, and it says so.")
    if name in _names(run.client_sent):
        return look_again("the client sent this one itself.")
    return look_again("hold the two requests side by side, line by line. The name is what stands before the colon.")


@exercise
def side_of_a_502(answer: object, breaks: Breaks) -> Checked:
    """Write "client connection" or "upstream connection"."""
    sides = {str(each.failure.side) for each in breaks if each.status == 502}
    if sides == {str(answer).strip().lower()}:
        return right("a 502 speaks of what happened behind the gateway. Of the connection in front of it, it says"
                     " nothing; where that one fails, there is nobody who could say 502.")  # fmt: skip
    return look_again("find the rows of the table that have a 502, and read their first cell.")


@exercise
def stages_that_failed(answer: object, runs: Runs) -> Checked:
    """Write a stage for each run, in the order of the table."""
    if not isinstance(answer, list | tuple) or len(answer) != len(runs):
        return look_again(f"write a list of {len(runs)} stages, one for each run.")
    wrong = [run.name for run, stage in zip(runs, answer, strict=True) if str(stage).strip().lower() != _broke_at(run)]
    if not wrong:
        return right("the status alone does not say it. The field Proxy-Status does: it names the error.")
    return look_again(f"at {wrong[0]}: what had already succeeded when it broke? Look at its picture, or its error.")


@exercise
def called_healthy(answer: object, runs: Runs) -> Checked:
    """Write the names of the runs in a list; an empty list is an answer, too."""
    if not isinstance(answer, list | tuple | set):
        return look_again('write a list of names, such as ["first/all_is_well"].')
    missed = {run.name for run in runs if run.status == 200 and not run.exchanges[-1].complete}
    given = {str(name) for name in answer}
    if given == missed:
        return right("the number says 200, and the page is not whole. Only a robot that reads to the end can know.")
    if given - {run.name for run in runs}:
        return look_again("take the names from the first column of the table.")
    return look_again("which runs have the status 200, and which of those are not well?")


def _names(request: bytes) -> set[str]:
    """The names of a request's field lines, in lower case."""
    section = request.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    return {line.partition(b":")[0].decode("latin-1").lower() for line in section}


def _broke_at(run: Run) -> str:
    """The stage that the upstream connection had come to when it broke."""
    last = [each for each in stages(run.transcript) if each.hop >= UPSTREAM_HOP][-1]
    return str(last.phases[-1].stage)
