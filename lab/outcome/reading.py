"""Facts from a transcript: what the client received, read forgivingly, beside what the upstream sent."""

import re
from collections.abc import Collection
from dataclasses import replace

from lab import h1
from lab.outcome.answer import Answer, ended, ending, read_answer
from lab.outcome.copies import truth
from lab.outcome.decide import outcome
from lab.outcome.facts import Facts, Fidelity, Maker
from lab.outcome.fidelity import asks_to_switch, earlier_readings, fidelity, readings
from lab.outcome.freshness import is_stale
from lab.outcome.makers import made_by
from lab.outcome.questions import request_of
from lab.outcome.requests import requests_that_reached
from lab.outcome.status_fields import error_types
from lab.outcome.streams import read_stream
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Transcript, What, joined

_VERSION = re.compile(rb"[^\r\n]* HTTP/([0-9]\.[0-9])\r?\n")


def answer_to(transcript: Transcript, asked: Asked) -> Answer:
    """What the client got for what it asked."""
    answer = read_stream(transcript, asked)
    if answer is not None:
        return answer
    events = tuple(transcript.on(CLIENT_HOP, act=asked.act, request=asked.request))
    secured = any(event.what is What.SECURED for event in transcript.on(CLIENT_HOP))
    switch = asks_to_switch(transcript, asked)
    received = joined(events, What.RECEIVED)
    answer = read_answer(received, asked.method, ended(events, secured=secured), upgrade=switch)
    version = _VERSION.match(joined(events, What.SENT))
    return replace(answer, ending=ending(answer, events), version=version[1].decode() if version else "")


def facts(transcript: Transcript, asked: Asked) -> Facts:
    """The facts of one exchange."""
    answer = answer_to(transcript, asked)
    status = answer.final.status if answer.final else None
    of_upstream = tuple(readings(transcript, asked))
    fields = _text(answer.final.fields) if answer.final else ()
    maker = made_by(answer, asked, transcript, of_upstream)
    matched = _matched(maker, answer, asked, transcript, of_upstream)
    stale = maker is Maker.STORE and is_stale(fields, transcript, asked)
    proxy_status = ", ".join(value for name, value in fields if name == "proxy-status")
    upstream = tuple(transcript.on(UPSTREAM_HOP, act=asked.act))
    return Facts(
        status=status,
        made_by=maker,
        ending=answer.ending,
        fidelity=matched,
        outcome=outcome(
            received=answer.received, ending=answer.ending, http=not answer.broken, surplus=answer.surplus,
            made_by=maker, fidelity=matched, status=status, stale=stale,
        ),
        interim=answer.interim,
        surplus=answer.surplus,
        upstream_requests=requests_that_reached(upstream),
        fields=fields,
        content=answer.content,
        proxy_status=proxy_status,
        cache_status=", ".join(value for name, value in fields if name == "cache-status"),
        errors=error_types(proxy_status),
        version=answer.version,
        code=answer.code,
        client_received=answer.written,
        upstream_received=joined(upstream, What.RECEIVED),
    )  # fmt: skip


def _matched(
    maker: Maker, answer: Answer, asked: Asked, transcript: Transcript, of_upstream: Collection[h1.Reading]
) -> Fidelity:
    """The upstream's answer against what it sent, the store's against all that it may have stored."""
    if maker is Maker.UPSTREAM:
        return fidelity(answer, of_upstream)
    if maker is not Maker.STORE:
        return Fidelity.NONE
    of_store = (*earlier_readings(transcript, asked), *of_upstream)
    return truth(answer, of_store, asked.method, request_of(transcript, asked))


def _text(fields: h1.Fields) -> tuple[tuple[str, str], ...]:
    return tuple((field.name.decode("latin-1").lower(), field.value.decode("latin-1")) for field in fields)
