"""The exercises of notebook 02."""

from collections.abc import Sequence

from lab.notebook.exercising import Checked, are_steps, exercise, look_again, number, right
from lab.notebook.playing import play
from lab.notebook.run import Run
from lab.outcome import Maker


@exercise
def who_made_them(answer: object, runs: Sequence[Run]) -> Checked:
    """Write who made each answer, in the order of the table: "gateway" or "upstream"."""
    if not isinstance(answer, list | tuple) or len(answer) != len(runs):
        return look_again(f"write a list of {len(runs)} words, one for each run.")
    given = [str(word).strip().lower() for word in answer]
    if given == [run.made_by for run in runs]:
        return right("the number is the same. Who wrote it down is another question, and the more useful one: it says"
                     " whose log to open.")  # fmt: skip
    return look_again("in which of the two pictures does a 502 go over the upstream connection, too?")


@exercise
def error_named(answer: object, run: Run) -> Checked:
    """Write the error type, in quotes: the word after `error=`."""
    named = run.exchanges[-1].errors
    if str(answer).strip() in named:
        return right("the standard keeps the list of these words. `show.word` explains each of them.")
    return look_again("look for error= in the value of the field Proxy-Status. Write the word behind it, in quotes; it"
                      " ends before the semicolon.")  # fmt: skip


@exercise
def bytes_missing(answer: object, run: Run) -> Checked:
    """Subtract what came from what was promised."""
    promised = int(run.fields["content-length"])
    if answer == promised - len(run.content):
        return right("nothing else gives it away: the status is 200, and every byte that came is right. Only who counts"
                     " can know.")  # fmt: skip
    if not number(answer):
        return look_again("write a number, without quotes.")
    if answer in (promised, len(run.content)):
        return look_again("that is one of the two numbers. Which other do you need?")
    return look_again("how many bytes did Content-Length promise, and how many of the content came?")


@exercise
async def makes_a_502(script: object) -> Checked:
    """Write the upstream's steps, so that the gateway answers 502 by itself."""
    if not are_steps(script):
        return look_again('write a list of steps, such as [ReceiveRequest(), Send(b"..."), Close()].')
    run = await play(list(script))
    if run.status == 502 and run.made_by is Maker.GATEWAY:
        error = ", ".join(run.exchanges[-1].errors)
        return right(f"the gateway got nothing that it could pass on, and names it {error}.")
    if run.status == 502:
        return look_again("that is a 502, but your upstream wrote it, and the gateway passed it on.")
    if run.status == 504:
        return look_again("that is a 504: the gateway waited for more, and nothing came. What could tell it that there"
                          " will be no more, or that this is no answer?")  # fmt: skip
    return look_again(f"the client got {run.status or 'no status'} ({run.outcome}). The gateway can say 502 only as"
                      " long as it has passed on nothing: break before the header section is whole.")  # fmt: skip


@exercise
async def makes_a_cut_200(script: object) -> Checked:
    """Write the upstream's steps, so that the client gets 200 and can tell that the answer is not whole."""
    if not are_steps(script):
        return look_again("write a list of steps, such as [ReceiveRequest(), Send(...), Close()].")
    run = await play(list(script))
    if run.status != 200:
        return look_again(f"the client got {run.status or 'no status'}. The header section must be whole, and say 200.")
    if run.exchanges[-1].complete:
        return look_again("the client got 200, and the answer is complete. Promise more than you send.")
    return right("the gateway had passed on 200 before anything was wrong, and could not take it back.")
