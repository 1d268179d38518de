"""The exercises of notebook 06. (Not `time`: that is a module of Python's own.)"""

import asyncio
from collections.abc import Mapping, Sequence

from lab.notebook.exercising import Checked, are_steps, exercise, look_again, number, right
from lab.notebook.performing import perform_all
from lab.notebook.playing import play
from lab.notebook.run import Run
from lab.outcome import Outcome
from lab.rfc import ERROR_TYPES
from lab.script import Step
from lab.transcript import CLIENT_HOP, What

LONG_ENOUGH = 500
"""Milliseconds that a slow answer has to take."""


def took(run: Run) -> float | None:
    """Milliseconds from the client's request to the last byte that it got; None: it got none."""
    client = tuple(run.transcript.on(CLIENT_HOP))
    sent = [event.at for event in client if event.what is What.SENT]
    came = [event.at for event in client if event.what is What.RECEIVED]
    return (came[-1] - sent[0]) / 1e6 if sent and came else None


@exercise
def waited(answer: object, run: Run) -> Checked:
    """Write how long the client waited, in milliseconds."""
    seen = took(run)
    if seen is None or not number(answer):
        return look_again("write a number of milliseconds, without quotes, as the picture of the stages shows it.")
    if abs(answer - seen) <= max(15, seen / 10):
        return right(f"{seen:.0f} ms, and nearly all of it is one clock of the gateway's. The upstream had said nothing"
                     " that could have ended the wait.")  # fmt: skip
    return look_again("look at the client connection: how long does `waiting` take, in the response?")


@exercise
async def error_types(answer: object, names: Sequence[str]) -> Checked:
    """Write for each silence the error type that the gateway will report."""
    if not isinstance(answer, Mapping) or set(answer) != set(names):
        return look_again("keep the braces and the names: a name, a colon, and an error type in quotes.")
    given = {str(said).strip() for said in answer.values()}
    if unknown := given - set(ERROR_TYPES):
        return look_again(f"the words stand in the table above; {', '.join(sorted(unknown))} is none of them.")
    runs = await perform_all(list(answer))
    pairs = zip(answer.values(), runs, strict=True)
    wrong = sum(str(said).strip() not in run.exchanges[-1].errors for said, run in pairs)
    if not wrong:
        return right("each clock has a word of its own; only the two for reading share one.")
    return look_again(f"{wrong} of {len(runs)} are not so. Ask of each: is there a connection already, is the request"
                      " sent, and does anything come?")  # fmt: skip


@exercise
async def clocks(answer: object, scripts: Mapping[str, Sequence[Step]]) -> Checked:
    """Write for each upstream the status that its client gets."""
    if not isinstance(answer, Mapping) or set(answer) != set(scripts):
        return look_again("keep the braces and the names: a name, a colon, and a status code.")
    if not all(map(number, answer.values())):
        return look_again("write a status code for each: a number, without quotes.")
    runs = await asyncio.gather(*(play(list(script)) for script in scripts.values()))
    got = dict(zip(scripts, (run.status for run in runs), strict=True))
    wrong = sum(answer[name] != status for name, status in got.items())
    if not wrong:
        return right("three clocks: for the first byte, between bytes, and for the whole; and no clock can take back a"
                     " header section.")  # fmt: skip
    return look_again(f"{wrong} of {len(got)} are not so. For each: how long is the longest silence, how long is all of"
                      " it, and what has the client been told by then?")  # fmt: skip


@exercise
def perhaps_done(answer: object, runs: Mapping[str, Run]) -> Checked:
    """Say for each order whether the upstream may have carried it out: True or False."""
    if not isinstance(answer, Mapping) or set(answer) != set(runs):
        return look_again("keep the braces and the names: a name, a colon, and True or False.")
    if not all(isinstance(said, bool) for said in answer.values()):
        return look_again("write True or False for each, with a capital letter and without quotes.")
    wrong = sum(said is not bool(runs[name].upstream_received) for name, said in answer.items())
    if not wrong:
        return right("what nobody has received, nobody has done. Of all else, nobody in front of the gateway can know.")
    return look_again(f"{wrong} of {len(runs)} are not so. Has the upstream received the order?")


@exercise
async def slow_and_whole(script: object) -> Checked:
    """Write the steps of an upstream whose answer takes half a second, and comes whole."""
    if not are_steps(script):
        return look_again("write a list of steps, such as [ReceiveRequest(), Send(...), Pause(0.1), Send(...)].")
    run = await play(list(script))
    seen = took(run) or 0
    if run.outcome is not Outcome.RELAYED or run.status != 200:
        errors = ", ".join(run.exchanges[-1].errors)
        why = {504: "Which clock struck?", 200: "It began well. Did a clock strike, or did you promise more than came?"}
        return look_again(f"the client gets {run.status or 'no status'} ({errors or run.outcome}) after {seen:.0f} ms. "
                          + why.get(run.status or 0, "No clock struck: this is no whole answer."))  # fmt: skip
    if seen < LONG_ENOUGH:
        return look_again(f"it comes whole, but after {seen:.0f} ms already.")
    return right(
        f"{seen:.0f} ms, and no clock struck: each of your silences was short enough, and so were all together."
    )
