"""Kept performances that were edited by hand or by chance: refused in one line, or told, drawn and written soundly."""

import io
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lab.script import Close, Reset
from lab.show.html.told import Told
from lab.show.saved import FORMAT, Heading, Reader, Saved, Unreadable, Writer, judged_again
from lab.transcript import Asked, What
from lab.verdict import Judgement
from tests.show.exporters import exported
from tests.show.mutating import as_file, mutated
from tests.show.staged import ASKS, FIVE_OF_20, broken_promise, client, played, scenario, upstream


def two_requests() -> Judgement:
    """Two acts, and an upstream that breaks off in the second."""
    whole = b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: "a"\r\n\r\nhello'
    reset = scenario(upstream=[Reset(wrong="15 bytes are missing", right=Close())])
    events = [
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.OPENED), upstream(What.RECEIVED, ASKS),
        upstream(What.SENT, whole), client(What.RECEIVED, whole),
        client(What.SENT, ASKS, act=2), upstream(What.RECEIVED, ASKS, act=2), upstream(What.SENT, FIVE_OF_20, act=2),
        upstream(What.RESET, act=2), upstream(What.DELIVERED, detail="15 bytes are missing", act=2),
        client(What.RECEIVED, FIVE_OF_20, act=2), client(What.BROKEN, act=2),
    ]  # fmt: skip
    return played(
        reset, events, asked=(Asked(1, 1, "GET", "/report"), Asked(2, 1, "GET", "/report")), log=("it broke",)
    )


def document(judgement: Judgement) -> dict[str, Any]:
    """As it is kept, with itself as its control."""
    file = io.BytesIO()
    writer = Writer(file, Heading(FORMAT, 1, "0.1.0", (judgement.case.name,)))
    writer.add(Saved(judgement.transcript, judgement.transcript, title="A story.", lesson="Count."))
    writer.finish(1.0)
    found: dict[str, Any] = json.loads(file.getvalue())
    return found


STAGED = (broken_promise(), two_requests())
DOCUMENTS = [document(judgement) for judgement in STAGED]


@settings(max_examples=16)
@given(some.sampled_from((0, 1)), some.integers(0, 2**32), some.booleans())
def test_whatever_is_edited_is_refused_or_shown(which: int, seed: int, gone: bool) -> None:
    edited = mutated(DOCUMENTS[which], Random(seed))
    try:
        for saved in Reader(io.BytesIO(as_file(edited))).performances():
            exported(Told(judged_again(saved, None if gone else STAGED[which].case), saved.control))
    except Unreadable as error:
        said = str(error)
    else:
        said = ""
    assert "\n" not in said


@pytest.mark.parametrize("judgement", STAGED, ids=["one", "two"])
def test_the_same_performance_gives_the_same_bytes(judgement: Judgement) -> None:
    """And an unedited one is drawn, so that the test above tries something."""
    assert exported(Told(judgement, judgement.transcript)) == exported(Told(judgement, judgement.transcript))
