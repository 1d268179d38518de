"""Who made an answer: decided from both connections and the nonce that the upstream puts into its answers."""

from lab import h1
from lab.outcome.facts import Maker
from lab.outcome.fidelity import readings, same
from lab.script import NONCE_FIELD
from lab.transcript import UPSTREAM_HOP, Asked, Transcript, What, joined


def made_by(final: h1.Head | None, content: bytes, asked: Asked, transcript: Transcript) -> Maker:
    """The nonce names the answer. Where there is none, content and field lines tell whether the upstream's bytes
    went into it."""
    if final is None:
        return Maker.NOBODY
    for nonce in final.fields.get(NONCE_FIELD):
        act = _act_of(nonce, transcript)
        if act is not None:
            return Maker.STORE if _from_store(act, final.status, asked, transcript) else Maker.UPSTREAM
    sent = joined(transcript.on(UPSTREAM_HOP, act=asked.act), What.SENT)
    if final.status == 304 and asked.act > 1 and b" 304 " not in sent[:16]:
        return Maker.STORE
    if _went_into(sent, final, content) or _is_a_reading(final, content, asked, transcript):
        return Maker.UPSTREAM
    return Maker.GATEWAY


def _act_of(nonce: bytes, transcript: Transcript) -> int | None:
    """The act in which the upstream made the answer with this nonce; None: it is not one of ours."""
    text = nonce.decode("latin-1")
    for event in transcript.on(UPSTREAM_HOP):
        if event.what is What.ANSWERED and event.detail == text:
            return event.act
    return None


def _from_store(made_in: int, status: int, asked: Asked, transcript: Transcript) -> bool:
    """An answer of an earlier act comes from a store; so does one that a 304 of this act has only confirmed."""
    if made_in != asked.act:
        return True
    sent = joined(transcript.on(UPSTREAM_HOP, act=asked.act), What.SENT)
    return status == 200 and asked.act > 1 and sent[8:13] == b" 304 "


def _is_a_reading(final: h1.Head, content: bytes, asked: Asked, transcript: Transcript) -> bool:
    """Whether it is what a recipient reads in the upstream's bytes, bare as they may be."""
    upstream = transcript.on(UPSTREAM_HOP, act=asked.act)
    return any(reading.complete and same(final, content, reading) for reading in readings(upstream, asked.method))


def _went_into(sent: bytes, final: h1.Head, content: bytes) -> bool:
    if content and content in sent:
        return True
    return any(
        field.value and b"\n" + field.name.lower() + b": " + field.value.lower() in sent.lower()
        for field in final.fields
        if field.name.lower() not in _EVERYBODYS
    )


_EVERYBODYS = frozenset({b"connection", b"date", b"server", b"content-length", b"content-type", b"transfer-encoding"})
