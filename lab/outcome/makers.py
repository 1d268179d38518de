"""Who made an answer: decided from both connections and the nonce that the upstream puts into its answers."""

from collections.abc import Iterable, Iterator

from lab import h1
from lab.outcome.answer import Answer
from lab.outcome.facts import Maker
from lab.outcome.fidelity import readings, same
from lab.script import NONCE_FIELD
from lab.transcript import UPSTREAM_HOP, Asked, Transcript, What, joined


def made_by(answer: Answer, asked: Asked, transcript: Transcript, of_upstream: Iterable[h1.Reading]) -> Maker:
    """The nonce names the answer. Where there is none, content and field lines tell whether the upstream's bytes
    went into it. `of_upstream`: the readings of what it sent in this act."""
    final, content = answer.final, answer.content
    if final is None:
        return Maker.NOBODY
    for nonce in final.fields.get(NONCE_FIELD):
        act = _act_of(nonce, transcript)
        if act is not None:
            if act == asked.act:
                from_store = _confirmed(nonce, final, of_upstream) and _is_a_copy(answer, asked, transcript)
            else:
                from_store = not _left_over(nonce, _earlier(transcript, asked))
            return Maker.STORE if from_store else Maker.UPSTREAM
    if final.status == 304 and asked.act > 1 and not any(reading.status == 304 for reading in of_upstream):
        return Maker.STORE
    sent = joined(transcript.on(UPSTREAM_HOP, act=asked.act), What.SENT)
    if _went_into(sent, final, content) or any(same(answer, reading) for reading in of_upstream):
        return Maker.UPSTREAM
    earlier = tuple(_earlier(transcript, asked))
    if any(same(answer, reading) for reading in earlier):
        return Maker.STORE
    return Maker.UPSTREAM if _left_over(content, earlier) else Maker.GATEWAY


def _earlier(transcript: Transcript, asked: Asked) -> Iterator[h1.Reading]:
    """The readings of what the upstream sent in the acts before."""
    for each in transcript.asked:
        if each.act < asked.act:
            yield from readings(transcript, each)


def _act_of(nonce: bytes, transcript: Transcript) -> int | None:
    """The act in which the upstream made the answer with this nonce; None: it is not one of ours."""
    text = nonce.decode("latin-1")
    for event in transcript.on(UPSTREAM_HOP):
        if event.what is What.ANSWERED and event.detail == text:
            return event.act
    return None


def _confirmed(nonce: bytes, final: h1.Head, of_upstream: Iterable[h1.Reading]) -> bool:
    """Whether the nonce is that of a 304, with which a stored answer was brought up to date (RFC 9111, 4.3.4)."""
    return final.status != 304 and any(
        reading.status == 304 and nonce in reading.fields.get(NONCE_FIELD) for reading in of_upstream
    )


def _is_a_copy(answer: Answer, asked: Asked, transcript: Transcript) -> bool:
    """Whether its content is that of an earlier answer, as far as it was asked for and came."""
    assert answer.final is not None
    if asked.method == "HEAD":
        return asked.act > 1
    in_part = answer.final.status == 206 or not answer.complete
    return any(
        answer.content in reading.content if in_part else answer.content == reading.content
        for reading in _earlier(transcript, asked)
    )


def _left_over(some: bytes, earlier: Iterable[h1.Reading]) -> bool:
    """Whether these bytes followed a complete answer: nobody can have stored them as the answer to a request."""
    return bool(some) and any(some in reading.surplus for reading in earlier)


def _went_into(sent: bytes, final: h1.Head, content: bytes) -> bool:
    """Whether the content was sent, or a field line beside the status that the client got: anybody's error page may
    have a `Cache-Control: no-store`."""
    if content.strip() and content in sent:
        return True
    return b" %d" % final.status in sent and any(
        field.value and b"\n" + field.name.lower() + b": " + field.value.lower() in sent.lower()
        for field in final.fields
        if field.name.lower() not in _EVERYBODYS
    )


_EVERYBODYS = frozenset({b"connection", b"date", b"server", b"content-length", b"content-type", b"transfer-encoding"})
