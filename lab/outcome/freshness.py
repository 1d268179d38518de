"""Whether an answer out of a store is stale, as far as both connections and the answer itself tell."""

from lab.outcome.fidelity import readings
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Transcript, What


def is_stale(fields: tuple[tuple[str, str], ...], transcript: Transcript, asked: Asked) -> bool:
    """Whether a stored answer is past its freshness: the upstream was asked and had not validated it when it was
    given (it could not, or it was asked in the background), or the answer is older than it says that it may be."""
    if _upstream_asked(transcript, asked):
        return not _validated(transcript, asked)
    by_name = dict(fields)
    return "ttl=-" in by_name.get("cache-status", "") or _too_old(by_name)


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


def _validated(transcript: Transcript, asked: Asked) -> bool:
    """Whether the upstream had said 304 when the client's answer began."""
    client = transcript.on(CLIENT_HOP, act=asked.act, request=asked.request)
    begun = next((event.at for event in client if event.what is What.RECEIVED), None)
    return any(reading.status == 304 for reading in readings(transcript, asked, before=begun))


def _too_old(fields: dict[str, str]) -> bool:
    lifetimes = [part.strip() for part in fields.get("cache-control", "").lower().split(",")]
    for name in ("s-maxage=", "max-age="):
        for directive in lifetimes:
            if directive.startswith(name) and directive[len(name) :].isdigit() and fields.get("age", "").isdigit():
                return int(fields["age"]) >= int(directive[len(name) :])
    return False
