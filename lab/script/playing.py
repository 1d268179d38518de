"""How a script is gone through, step by step, as written or repaired. Pure: whoever drives it does the acting."""

import hashlib
from collections.abc import Generator, Iterable, Mapping
from dataclasses import replace
from inspect import isgenerator
from typing import Any

from lab.h2 import PREFACE
from lab.script.marks import Mistake
from lab.script.peers import AnyPeer, Connections, Peer, Script, UnixSocket
from lab.script.requests import Request
from lab.script.steps import Part, Placeholder, Send, Step

Playing = Generator[Step, Any, None]

MOST_STEPS = 1_000
"""A script has at most so many steps: a generator that never ends is found out in its rehearsal."""


def begin(script: Script | Step | None) -> Playing:
    """Begin a script anew: `send` it what a step yielded (the request, for ReceiveRequest) and get the next step."""
    if script is None:
        return
    if isinstance(script, Step):
        yield script
        return
    if isgenerator(script):
        raise Mistake("a script that reacts is given as its function, not called: upstream=react, not react()")
    steps = script() if callable(script) else script
    if not isinstance(steps, Iterable):
        raise Mistake(f"a script is a list of steps, or a function that yields them, not {script!r}")
    if isgenerator(steps):
        yield from steps
    else:
        for step in steps:  # noqa: UP028 (a list, unlike a generator, cannot be sent the answers)
            yield step


def repaired(script: Script | Step | None) -> Playing:
    """The same script with what is right in the place of each marked step."""
    source = begin(script)
    answer = None
    while True:
        try:
            step = source.send(answer)
        except StopIteration:
            return
        if step.wrong is None:
            answer = yield step
        else:
            answer = yield from _answering(begin(step.right))


def _answering(playing: Playing) -> Generator[Step, Any, Any]:
    answer = None
    while True:
        try:
            answer = yield playing.send(answer)
        except StopIteration:
            return answer


def repaired_peer(peer: AnyPeer) -> AnyPeer:
    """A peer whose listening condition and scripts are right. A script that is right plays where the peer would."""
    if peer.wrong is not None:
        if peer.right is None:
            raise Mistake("a peer marked wrong= needs right=: the script of one that would be right", peer.where)
        return peer.right if isinstance(peer.right, Peer) else _in_place_of(peer, peer.right)
    if not isinstance(peer, Peer) or not peer.listens:
        return peer
    plays = peer.connections()
    mended = Connections(*map(mend, plays.first), otherwise=mend(plays.otherwise), where=plays.where)
    return replace(peer, plays=mended, secure=peer.uses_tls)


def _in_place_of(peer: AnyPeer, script: Script) -> Peer:
    """One that listens where this one should have, and plays this."""
    if isinstance(peer, UnixSocket):
        return UnixSocket(script, where=peer.where)
    has_two = isinstance(peer, Peer) and peer.first_address is not None
    return Peer(script, first_address="listens" if has_two else None, where=peer.where)


def mend(script: Script) -> Script:
    """The repaired script, itself a script."""
    return lambda: repaired(script)


def speaks_http2(client: Request | Script) -> bool:
    """Whether a client speaks HTTP/2: a request over it, or a script that begins with its preface."""
    if isinstance(client, Request):
        return client.version == "2"
    try:
        first = next(begin(client), None)
    except Exception:  # the script fails: its rehearsal says where
        return False
    opening = first.lines[0] if isinstance(first, Send) else b""
    return isinstance(opening, bytes) and opening.startswith(PREFACE)


def fill(lines: Iterable[Part], values: Mapping[Placeholder, bytes]) -> bytes:
    """The bytes of a Send, with its placeholders filled in."""
    return b"".join(line if isinstance(line, bytes) else values.get(line, b"") for line in lines)


NONCE_FIELD = b"Lab-Nonce"


def nonce_line(nonce: bytes) -> bytes:
    """The field line by which an answer of the upstream can be recognised."""
    return NONCE_FIELD + b": " + nonce + b"\r\n"


def nonce(performance: str, act: int, connection: int, answer: int) -> bytes:
    """Names one answer: which performance, act (1...), upstream connection (1...) and answer on it (1...)."""
    token = hashlib.blake2s(f"{performance}".encode(), digest_size=6).hexdigest()
    return f"{token}.{act}.{connection}.{answer}".encode()
