"""Who made an answer: decided from both connections and the nonce that the upstream puts into its answers."""

from collections.abc import Collection, Iterable

from lab import h1
from lab.outcome.answer import Answer
from lab.outcome.copies import copied, derived
from lab.outcome.facts import Maker
from lab.outcome.fidelity import earlier_readings, same
from lab.outcome.questions import request_of
from lab.script import NONCE_FIELD
from lab.transcript import UPSTREAM_HOP, Asked, Transcript, What, joined


def made_by(answer: Answer, asked: Asked, transcript: Transcript, of_upstream: Collection[h1.Reading]) -> Maker:
    """The nonce names the answer. Where there is none, content and field lines tell whether the upstream's bytes
    went into it. `of_upstream`: the readings of what it sent in this act."""
    if answer.final is None:
        return Maker.NOBODY
    for nonce in answer.final.fields.get(NONCE_FIELD):
        act = _act_of(nonce, transcript)
        if act is not None and act < asked.act:
            return Maker.UPSTREAM if _left_over(nonce, earlier_readings(transcript, asked)) else Maker.STORE
        if act is not None:
            return _with_a_nonce_of_this_act(nonce, answer, asked, transcript, of_upstream)
    return _without_a_nonce(answer, asked, transcript, of_upstream)


def _with_a_nonce_of_this_act(
    nonce: bytes, answer: Answer, asked: Asked, transcript: Transcript, of_upstream: Collection[h1.Reading]
) -> Maker:
    """The upstream's answer, unless it only confirmed a stored one, or something else was made of it on request."""
    if any(same(answer, reading) for reading in of_upstream):
        return Maker.UPSTREAM
    request = request_of(transcript, asked)
    if any(derived(answer, reading, request) for reading in of_upstream):
        return Maker.STORE
    if not _confirmed(nonce, of_upstream):
        return Maker.UPSTREAM
    earlier = earlier_readings(transcript, asked)
    of_store = any(copied(answer, each, asked.method) or derived(answer, each, request) for each in earlier)
    return Maker.STORE if of_store else Maker.UPSTREAM


def _without_a_nonce(
    answer: Answer, asked: Asked, transcript: Transcript, of_upstream: Collection[h1.Reading]
) -> Maker:
    assert answer.final is not None
    final, content = answer.final, answer.content
    if any(same(answer, reading) for reading in of_upstream):
        return Maker.UPSTREAM
    earlier = tuple(earlier_readings(transcript, asked))
    request = request_of(transcript, asked)
    if final.status == 304 and asked.act > 1 and not any(reading.status == 304 for reading in of_upstream):
        return Maker.STORE
    if any(derived(answer, reading, request) for reading in (*of_upstream, *earlier)):
        return Maker.STORE
    if _went_into(joined(transcript.on(UPSTREAM_HOP, act=asked.act), What.SENT), final, content):
        return Maker.UPSTREAM
    if any(same(answer, reading) or (content and copied(answer, reading, asked.method)) for reading in earlier):
        return Maker.STORE
    return Maker.UPSTREAM if _left_over(content, earlier) else Maker.GATEWAY


def _act_of(nonce: bytes, transcript: Transcript) -> int | None:
    """The act in which the upstream made the answer with this nonce; None: it is not one of ours."""
    text = nonce.decode("latin-1")
    for event in transcript.on(UPSTREAM_HOP):
        if event.what is What.ANSWERED and event.detail == text:
            return event.act
    return None


def _confirmed(nonce: bytes, of_upstream: Iterable[h1.Reading]) -> bool:
    """Whether the nonce is that of a 304, with which a stored answer was brought up to date (RFC 9111, 4.3.4)."""
    return any(reading.status == 304 and nonce in reading.fields.get(NONCE_FIELD) for reading in of_upstream)


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
