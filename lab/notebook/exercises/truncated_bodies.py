"""The exercises of notebook 04."""

from collections.abc import Callable, Mapping, Sequence

from lab import h1
from lab.notebook.exercising import Checked, are_steps, exercise, look_again, not_yet, number, right
from lab.notebook.performing import perform_all
from lab.notebook.playing import play
from lab.notebook.run import Run
from lab.outcome import Ending, Outcome
from lab.script import Close, ReceiveRequest, Send
from lab.transcript import CLIENT_HOP, What

BEGINNING = b"And the murderer is"


@exercise
def chunked_content(answer: object, body: bytes) -> Checked:
    """Take the chunks apart and write the content, as bytes: b"..."."""
    reader = h1.Reader("response")
    reader.feed(h1.status_line() + h1.field(b"Transfer-Encoding", b"chunked") + b"\r\n" + body)
    content = b"".join(event.data for event in reader.events() if isinstance(event, h1.Content))
    if answer == content:
        return right(
            "the sizes and the line ends around the chunks are framing. Nobody who reads the content sees them."
        )
    if not isinstance(answer, bytes):
        return look_again('write bytes: b"...".')
    if answer == b"":
        return look_again("the first chunk has a size above 0, so there is content.")
    if isinstance(answer, bytes) and answer in content:
        return look_again("there is more. Sizes are hexadecimal: a counts 10, f counts 15, and 10 counts 16.")
    return look_again("a line with the size, then so many bytes, then CR LF; and again, until the size is 0.")


@exercise
async def complete(answer: object, names: Sequence[str]) -> Checked:
    """Say of each answer whether the client gets one that is complete: True or False."""
    if not isinstance(answer, Mapping) or set(answer) != set(names):
        return look_again("keep the braces and the names: a name, a colon, and True or False.")
    if not all(isinstance(said, bool) for said in answer.values()):
        return look_again("write True or False for each, with a capital letter and without quotes.")
    runs = await perform_all([f"truncated_bodies/{name}" for name in answer])
    wrong = sum(said is not run.exchanges[-1].complete for said, run in zip(answer.values(), runs, strict=True))
    if not wrong:
        return right("complete means: all that the framing announced has come. It does not mean that nobody crashed.")
    return look_again(f"{wrong} of {len(runs)} are not so. Ask of each: what was to tell the end, and has that come?")


@exercise
def waited_for_the_first_byte(answer: object, run: Run) -> Checked:
    """Write after how many milliseconds the client got its first byte, counted from its request."""
    waited = first_byte_after(run)
    if not number(answer):
        return look_again("write a number of milliseconds, without quotes.")
    if abs(answer - waited) <= max(15, waited / 5):
        return right(f"{waited:.0f} ms. The gateway that streams had the first byte out long before.")
    return look_again("look at the client connection among the stages: how long does `waiting` take, in the response?")


def first_byte_after(run: Run) -> float:
    """Milliseconds from the client's request to the first byte of its answer."""
    client = tuple(run.transcript.on(CLIENT_HOP))
    asked = next(event.at for event in client if event.what is What.SENT)
    return (next(event.at for event in client if event.what is What.RECEIVED) - asked) / 1e6


@exercise
def endings(answer: object, runs: Sequence[Run]) -> Checked:
    """Write how the answer ended for each client: "FIN", "RST" or "RST_STREAM"."""
    if not isinstance(answer, list | tuple) or len(answer) != len(runs):
        return look_again(f"write a list of {len(runs)} words, one for each run.")
    if [str(word).strip().upper() for word in answer] == [_sign(run) for run in runs]:
        return right("each client learns of the break in the way that its own framing leaves open.")
    return look_again("look at the last arrow to the client in each picture.")


def _sign(run: Run) -> str:
    facts = run.exchanges[-1]
    if facts.code:
        return "RST_STREAM"
    return "RST" if facts.ending is Ending.RESET else "FIN"


Judging = Callable[[Mapping[str, str], bytes, bool], object]


@exercise
def my_client(judge: Judging) -> Checked:
    """Write the function: True where the answer is complete, else False."""
    if not callable(judge):
        return look_again("give the function itself, by its name alone.")
    for says, lines, body, clean_end in _CASES:
        fields = {name.lower(): value for name, value in lines}
        try:
            said = judge(fields, body, clean_end)
        except Exception as error:  # the reader's own function may raise anything
            return look_again(f"on {says} it fails with {type(error).__name__}: {error}")
        if said is ...:
            return not_yet("Write the function: True where the answer is complete, else False.")
        if not isinstance(said, bool):
            return look_again(f"on {says} it says {said}, which is neither True nor False. Does each way end in"
                              " `return`?")  # fmt: skip
        if said is not _is_complete(lines, body, clean_end):
            return look_again(f"on {says} it says {said}.")
    return right(f"it judges {len(_CASES)} answers as the standard does.")


def _is_complete(lines: Sequence[tuple[str, str]], body: bytes, clean_end: bool) -> bool:
    head = h1.status_line() + h1.fields((name.encode(), value.encode()) for name, value in lines)
    found = h1.readings(head + b"\r\n" + body, clean_end=clean_end)
    return bool(found) and found[0].complete


_LENGTH, _CHUNKED = [("Content-Length", "5")], [("Transfer-Encoding", "chunked")]
_CASES: tuple[tuple[str, list[tuple[str, str]], bytes, bool], ...] = (
    ("a length of 5, with 5 bytes", _LENGTH, b"hello", True),
    ("a length of 5, with 4 bytes", _LENGTH, b"hell", True),
    ("a length of 5, with 5 bytes and then a reset", _LENGTH, b"hello", False),
    ("chunks with the last chunk", _CHUNKED, b"5\r\nhello\r\n0\r\n\r\n", True),
    ("chunks without the last chunk", _CHUNKED, b"5\r\nhello\r\n", True),
    ("chunks with the last chunk, and then a reset", _CHUNKED, b"5\r\nhello\r\n0\r\n\r\n", False),
    ("a chunk that holds what looks like a last chunk", _CHUNKED, b"9\r\n1\r\n0\r\n\r\n", True),
    ("no length, no chunks, and a close", [], b"hello", True),
    ("no length, no chunks, and a reset", [], b"hello", False),
)


@exercise
async def noticed(script: object) -> Checked:
    """Change the header section, so that the same crash is noticed by the client."""
    if not are_steps(script):
        return look_again("write a list of steps, such as [ReceiveRequest(), Send(...), Close()].")
    sent = b"".join(part for step in script if isinstance(step, Send) for part in step.lines if isinstance(part, bytes))
    if not any(isinstance(step, ReceiveRequest) for step in script) or BEGINNING not in sent:
        return look_again("it is the same program: it receives a request, and sends the beginning of the sentence.")
    if not isinstance(script[-1], Close):
        return look_again("you cannot change how it crashes: the last step is Close(). What comes before that?")
    if sent.partition(BEGINNING)[2].strip(b"\r\n"):
        return look_again("the program crashes behind `is`: nothing can come after it but the end of a chunk.")
    run = await play(list(script))
    if run.outcome is Outcome.CUT_SHORT and run.content == BEGINNING:
        return right("the program still crashes, and now everybody can tell. That is all that framing can do, and it is"
                     " a lot.")  # fmt: skip
    if run.outcome is Outcome.RELAYED:
        return look_again("the client takes this for a complete answer. What could the header section promise, so that"
                          " something is missing?")  # fmt: skip
    return look_again(f"the client gets {run.status or 'no status'} ({run.outcome}), and the content {run.content!r}.")
