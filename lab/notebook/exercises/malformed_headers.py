"""The exercises of notebook 03."""

import re
from collections.abc import Mapping, Sequence

from lab import h1
from lab.notebook.exercising import Checked, exercise, look_again, number, right
from lab.notebook.performing import perform_all
from lab.notebook.playing import play
from lab.notebook.run import Run
from lab.outcome import Outcome
from lab.script import ReceiveRequest, Send

LENIENT = "reference-lenient"
_OFFSET = re.compile(r"octet ([0-9]+)")


@exercise
def content_begins(answer: object, data: bytes) -> Checked:
    """Count the bytes up to and including the empty line: at which place does the content begin?"""
    _, _, content = data.partition(b"\r\n\r\n")
    begins = len(data) - len(content)
    if answer == begins:
        return right("all that stands before it is the header section with its status line, all behind it is content.")
    if not number(answer):
        return look_again("write a number, without quotes.")
    if answer in (begins - 2, begins - 4):
        return look_again("that is a little too early: the empty line has a CR and an LF of its own.")
    return look_again("CR and LF are one byte each, and counting begins at 0. len() and find() may count for you.")


@exercise
def octet_found(answer: object, run: Run) -> Checked:
    """Write the one byte at the place that Proxy-Status names, as bytes: b"..."."""
    place = _OFFSET.search(run.fields.get("proxy-status", ""))
    if place is None:
        return look_again(f"the answer of {run.name} names no octet: take the run of a 502.")
    at = int(place[1])
    if answer == run.upstream_sent[at : at + 1]:
        return right("octets are bytes, counted from 0. A gateway that names the place saves somebody a night.")
    if not isinstance(answer, bytes):
        return look_again('write the byte itself, as bytes: b"...".')
    return look_again("take the number behind `octet` in Proxy-Status, and look at the byte with that number in"
                      " upstream_sent of this run: upstream_sent[number:number + 1].")  # fmt: skip


@exercise
async def fates(answer: object, damages: Sequence[str]) -> Checked:
    """Say for each damage what the lenient gateway will do: "repair" or "refuse"."""
    if not isinstance(answer, Mapping) or set(answer) != set(damages):
        return look_again("keep the braces and the names: a name, a colon, and one of the two words.")
    if words := {str(word) for word in answer.values()} - {"repair", "refuse"}:
        return look_again(f"the words are repair and refuse, not {', '.join(sorted(words))}.")
    done = [await _fate(str(name)) for name in answer]
    wrong = sum(said != was for said, was in zip(answer.values(), done, strict=True))
    if not wrong:
        return right("where one repair is plain, it is made. Where the end of the answer is in doubt, or whether it is"
                     " one at all, there is none; and no repair makes a thing smaller.")  # fmt: skip
    return look_again(f"{wrong} of {len(done)} are not so. Ask of each: does every reader find the same status and the"
                      " same end, once this is repaired?")  # fmt: skip


async def _fate(name: str) -> str:
    """What the lenient gateway does with every variant of a scenario of the chapter."""
    runs = await perform_all(f"malformed_headers/{name}", LENIENT)
    return "repair" if all(run.outcome is Outcome.REPAIRED for run in runs) else "refuse"


@exercise
def leftover(answer: object, run: Run) -> Checked:
    """Write the bytes that are left over for whoever believes the first length, as bytes: b"..."."""
    head, _, content = run.upstream_sent.partition(b"\r\n\r\n")
    lengths = [int(value) for value in re.findall(rb"(?mi)^content-length: ([0-9]+)", head)]
    if len(set(lengths)) < 2:
        return look_again(f"{run.name} has no two lengths that differ: take the run from the cell above.")
    if answer == content[lengths[0] :]:
        return right("it would take these bytes for the beginning of the next answer. If somebody chose them well, they"
                     " are one.")  # fmt: skip
    if not isinstance(answer, bytes):
        return look_again('write bytes: b"...".')
    if answer == content[: lengths[0]]:
        return look_again("that is the content, if the first length is true. What comes behind it?")
    return look_again("the content begins behind the empty line. Count as many bytes as the first length says.")


@exercise
async def repaired(answer: object) -> Checked:
    """Repair the bytes, so that the strict gateway passes the answer on with its content."""
    if not isinstance(answer, bytes):
        return look_again("write bytes: b'...'.")
    if not answer.endswith(b"hello"):
        return look_again("leave the content as it is: the five bytes hello, and nothing behind them.")
    if not all(name in answer.lower() for name in (b"\nroom:", b"\ncolours:", b"\ncontent-length:")):
        return look_again("repair the three field lines Room, Colours and Content-Length, and leave none out.")
    run = await play([ReceiveRequest(), Send(answer)])
    if run.outcome is Outcome.RELAYED and run.content == b"hello" and run.fields.get("colours") == "red, green":
        return right("the gateway found nothing to repair, and nothing to refuse.")
    reader = h1.Reader("response", strict=True)
    reader.feed(answer)
    list(reader.events())
    if reader.anomalies:
        found = reader.anomalies[0]
        return look_again(
            f"the client gets {run.status}. At byte {found.offset} a strict reader stops: {found.kind.says}"
        )
    return look_again(f"the client gets {run.status or 'no status'} ({run.outcome}), and the content {run.content!r};"
                      " the colours are to be `red, green`.")  # fmt: skip


_SHOWN = frozenset(
    {h1.Kind.SPACE_BEFORE_COLON, h1.Kind.BARE_LF, h1.Kind.OBS_FOLD, h1.Kind.NUL_IN_VALUE, h1.Kind.BARE_CR}
)
"""The damages that the notebook has shown, and that can be repaired."""


@exercise
async def broken_differently(answer: object) -> Checked:
    """Write an answer that the strict gateway refuses and the lenient one repairs."""
    if not isinstance(answer, bytes):
        return look_again("write bytes: b'...'.")
    script = [ReceiveRequest(), Send(answer)]
    strict, lenient = await play(script), await play(script, LENIENT)
    if strict.outcome is not Outcome.REPORTED:
        return look_again(f"the strict gateway does not refuse it: the client gets {strict.status} ({strict.outcome}).")
    if not (lenient.exchanges[-1].complete and lenient.status == 200):
        return look_again(f"the lenient gateway does not get a whole 200 out of it: the client gets {lenient.status}"
                          f" ({lenient.outcome}). Less damage, please.")  # fmt: skip
    reader = h1.Reader("response")
    reader.feed(answer)
    list(reader.events())
    kinds = {anomaly.kind for anomaly in reader.anomalies}
    says = " ".join(kind.says for kind in sorted(kinds))
    if kinds & _SHOWN:
        return look_again(f"that works, but this notebook has shown it: {says} Find another damage.")
    return right(f"one refuses, the other repairs, and the standard lets both. What they found: {says}")
