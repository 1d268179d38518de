"""Whether an answer out of a store is stale, as far as both connections and the answer itself tell."""

from collections.abc import Mapping

from lab.outcome.fidelity import readings
from lab.outcome.status_fields import of_the_last_cache
from lab.script import NONCE_FIELD
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Transcript, What


def is_stale(fields: tuple[tuple[str, str], ...], transcript: Transcript, asked: Asked) -> bool:
    """Whether a stored answer is past its freshness: the cache says so itself; or the upstream was asked and had not
    validated it when it was given (it could not, or it was asked in the background), and it does not say that it is
    young enough; or it is older than it says that it may be."""
    by_name = dict(fields)
    said = of_the_last_cache(by_name.get("cache-status", ""))
    ttl = _number(said.get("ttl", ""))
    if ttl is not None and ttl < 0 and said.get("fwd-status") != "304":
        return True
    if "hit" in said and ttl is not None:
        return _too_old(by_name) is True
    if _upstream_asked(transcript, asked):
        return not _validated(by_name, transcript, asked) and _too_old(by_name) is not False
    return _too_old(by_name) is True


def _upstream_asked(transcript: Transcript, asked: Asked) -> bool:
    """Whether the upstream was asked for this target, or tried in vain. (Requests side by side have other targets.)"""
    upstream = tuple(transcript.on(UPSTREAM_HOP, act=asked.act))
    if any(event.what is What.REQUEST and event.detail.endswith(f" {asked.target}") for event in upstream):
        return True
    used = {(event.peer, event.connection) for event in upstream if event.what is What.REQUEST}
    return any(
        event.what is What.REFUSED or (event.what is What.OPENED and (event.peer, event.connection) not in used)
        for event in upstream
    )


def _validated(fields: Mapping[str, str], transcript: Transcript, asked: Asked) -> bool:
    """Whether the upstream had said 304, and not of another copy, when the client's answer began; or sent just then
    what the client gets: by its nonce or by its ETag, which is what is left of it in a 304."""
    client = transcript.on(CLIENT_HOP, act=asked.act, request=asked.request)
    begun = next((event.at for event in client if event.what is What.RECEIVED), None)
    nonce, etag = (fields.get(name.decode().lower(), "").encode("latin-1") for name in (NONCE_FIELD, b"ETag"))
    etag = etag.removeprefix(b"W/")
    for reading in readings(transcript, asked, before=begun):
        named = [value.removeprefix(b"W/") for value in reading.fields.get(b"ETag")]
        if nonce in reading.fields.get(NONCE_FIELD) or (reading.status == 304 and not (named and etag)):
            return True
        if etag in named and (reading.status == 304 or (reading.status == 200 and reading.complete)):
            return True
    return False


def _too_old(fields: Mapping[str, str]) -> bool | None:
    """Whether its Age is past its lifetime; None where it says too little."""
    age, lifetimes = _number(fields.get("age", "")), fields.get("cache-control", "").lower().split(",")
    for name in ("s-maxage=", "max-age="):
        for directive in map(str.strip, lifetimes):
            if directive.startswith(name) and age is not None:
                lifetime = _number(directive.removeprefix(name))
                return None if lifetime is None else age >= lifetime
    return None


def _number(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None
