"""The exercises of notebook 05."""

from collections.abc import Mapping, Sequence

from lab import tls
from lab.notebook.displayed import Displayed, in_a_table
from lab.notebook.exercising import Checked, are_steps, exercise, look_again, number, right
from lab.notebook.performing import perform_all
from lab.notebook.playing import play
from lab.notebook.run import Run
from lab.outcome import Maker, Outcome
from lab.script import Peer

_STRANGERS = {
    "A": ("protocol_mismatch/ssh", "SSH"),
    "B": ("protocol_mismatch/plain_to_tls_port", "TLS"),
    "C": ("protocol_mismatch/redis", "Redis"),
    "D": ("protocol_mismatch/http2_settings", "HTTP/2"),
    "E": ("protocol_mismatch/smtp", "SMTP"),
    "F": ("protocol_mismatch/http_1_0", "HTTP/1"),
}
"""By letter: the scenario whose upstream speaks, and what it speaks."""


async def meet_strangers() -> Displayed:
    """The first bytes that six upstreams send, each under a letter."""
    runs = await perform_all([name for name, _ in _STRANGERS.values()])
    rows = ((letter, run.upstream_sent[:12]) for letter, run in zip(_STRANGERS, runs, strict=True))
    return in_a_table(("stranger", "its first bytes"), rows)


@exercise
def recognised(answer: object) -> Checked:
    """Say for each stranger what it speaks: SSH, TLS, Redis, HTTP/2, SMTP or HTTP/1."""
    words = {word for _, word in _STRANGERS.values()}
    if not isinstance(answer, Mapping) or set(answer) != set(_STRANGERS):
        return look_again("keep the braces and the letters: a letter, a colon, and a word.")
    given = {letter: str(word).strip() for letter, word in answer.items()}
    if unknown := set(given.values()) - words:
        return look_again(f"the words are {', '.join(sorted(words))}; not {', '.join(sorted(unknown))}.")
    wrong = [letter for letter, (_, word) in _STRANGERS.items() if given[letter] != word]
    if not wrong:
        return right("four of them say who they are in letters. The other two are worth learning by heart.")
    return look_again(f"{len(wrong)} are not so. Two of them are binary: one begins with 15 03, the other has a 4"
                      " behind three zeros.")  # fmt: skip


@exercise
def alert_named(answer: object, data: bytes) -> Checked:
    """Write the name of the alert, in quotes."""
    record = tls.first_record(data)
    alert = record.alert if record else None
    if alert is None:
        return look_again("these bytes are no TLS alert: take the seven bytes from the cell above.")
    named = tls.Alert(alert[1]).registered
    given = answer.name if isinstance(answer, tls.Alert) else str(answer)
    if given.strip().lower() == named:
        return right("a TLS server was there, and it was not spoken to in TLS. Port and scheme do not go together.")
    return look_again(
        "the last of the seven bytes is its number, in hexadecimal: 0x stands in front of it. tls.Alert(number)"
        " gives the name."
    )


@exercise
def length_in_a_frame(answer: object, data: bytes) -> Checked:
    """Read the first three bytes as a length, as a reader of HTTP/2 does."""
    length = int.from_bytes(data[:3], "big")
    if answer == length:
        return right(f"{length:,} bytes, it thinks, and waits for them or gives up. If you meet this number in a log,"
                     " you know which letters it was made of.")  # fmt: skip
    if not number(answer):
        return look_again("write a number, without quotes.")
    return look_again("H, T, T: each is a byte, the first counts most. frame_header(...) from above does it for you.")


@exercise
async def versions(answer: object, names: Sequence[str]) -> Checked:
    """Say of each what the client gets: 200 or 502."""
    if not isinstance(answer, Mapping) or set(answer) != set(names):
        return look_again("keep the braces and the names: a name, a colon, and 200 or 502.")
    if not all(map(number, answer.values())):
        return look_again("write 200 or 502 for each, without quotes.")
    runs = await perform_all([f"protocol_mismatch/{name}" for name in answer])
    wrong = sum(said != run.status for said, run in zip(answer.values(), runs, strict=True))
    if not wrong:
        return right("the first digit decides how to read, the second is only information, and the spelling is fixed.")
    return look_again(f"{wrong} of {len(runs)} are not so. A lower or a higher second digit is no mistake; anything but"
                      " HTTP, slash, 1, point, digit is one.")  # fmt: skip


@exercise
def other_protocols(answer: object, runs: Sequence[Run]) -> Checked:
    """Write in how many of these runs the upstream spoke, and it was not HTTP/1."""
    spoke_another = sum(bool(run.upstream_sent) and not run.upstream_sent.startswith(b"HTTP/1") for run in runs)
    if answer == spoke_another:
        return right(f"{spoke_another} of {len(runs)}. All the others are 502s between two who agree on the protocol,"
                     " or who never came to speak it.")  # fmt: skip
    if not number(answer):
        return look_again("write a number, without quotes.")
    silent = sum(not run.upstream_sent for run in runs)
    if answer == spoke_another + silent:
        return look_again("you have counted those who said nothing. Who says nothing speaks no other protocol.")
    return look_again("look at the column with the first bytes: which of them are there, and do not begin with HTTP/1?")


@exercise
async def secured(script: object) -> Checked:
    """Write the upstream's steps, so that a gateway which speaks TLS gets its answer."""
    if not are_steps(script):
        return look_again("write a list of steps, such as [ReceiveRequest(), Send(...)].")
    run = await play(Peer(list(script), secure=True))
    if run.outcome is Outcome.RELAYED and run.status == 200 and run.made_by is Maker.UPSTREAM:
        return right("the same bytes of HTTP, inside TLS. Nothing in them had to change.")
    error = ", ".join(run.exchanges[-1].errors)
    return look_again(f"the client gets {run.status or 'no status'}{f' ({error})' if error else ''}. The gateway begins"
                      " with a ClientHello: which step answers that?")  # fmt: skip
