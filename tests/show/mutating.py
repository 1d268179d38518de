"""Saved documents, edited at random: what a person or a broken program may do to them."""

import copy
import json
from contextlib import suppress
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 7, 255, 2**31, 2**53, 2**63, 2**63 + 1, 10**400, 1.5, -0.0, 1e308, "", "x", "0",
    "\0", "\u202e\x1b[31m", "<script>alert(1)</script>", "]]>", "é", "\u20ac", "\ud800", "a" * 3000, [], [[]], {},
    {"x": 1},
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "HTTP/1.1 2x0\r\n\r\n", "GET", "first/garbage",
    "sent", "received", "delivered", "closed", "refused", "secured", "handshake-failed", "reset", "stalled", "failed",
    "opened", "deadline", "answered", "request", "alert-sent", "waited",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x00\x00\x00\x04\x00\x00\x00\x00\x00", "\x00\xff\xff\x00\x05\x00\x00\x00\x01",
    "CLIENT_RANDOM zz", "\x16\x03\x01\x00\x05hello",
)  # fmt: skip
"""Values for any place."""

NUMBERS = ("at", "hop", "connection", "act", "request", "peer", "stream", "elapsed")


def mutated(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """The document with a few edits, in its performances."""
    found = copy.deepcopy(document)
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        random.choice((_replace, _number, _number, _list, _list, _bytes, _drop))(found, random)
    if random.random() < 0.8:
        _sort(found)
    return found


def _sort(document: dict[str, Any]) -> None:
    """Events in order of time, so that more is read than what is out of order."""
    for told in _transcripts(document):
        with suppress(TypeError, AttributeError):
            _many(told.get("events")).sort(key=lambda event: event.get("at", 0))


def _places(value: Any, random: Random) -> tuple[Any, Any]:
    """A container inside the performances, and a key of it."""
    inside = value
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = "performances" if inside is value else random.choice(keys)
        if not isinstance(inside[key], dict | list) or not inside[key] or random.random() < 0.1:
            return inside, key
        inside = inside[key]


def _replace(document: dict[str, Any], random: Random) -> None:
    inside, key = _places(document, random)
    inside[key] = random.choice(ODD)


def _drop(document: dict[str, Any], random: Random) -> None:
    inside, key = _places(document, random)
    if inside is not document:
        del inside[key]


def _transcripts(document: dict[str, Any]) -> list[dict[str, Any]]:
    rows = document.get("performances")
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    found = [row.get(name) for row in rows for name in ("transcript", "control")]
    return [each for each in found if isinstance(each, dict)]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(document: dict[str, Any], random: Random) -> None:
    """A number of an event, or of what stands beside the events, that may be: so that reading does not refuse it."""
    for told in _transcripts(document)[:1]:
        parts = [part for name in ("events", "asked", "wire", "connecting") for part in _many(told.get(name))]
        parts = [part for part in parts if isinstance(part, dict)]
        for part in random.sample(parts, min(len(parts), random.choice((1, 3, 1000)))):
            name = random.choice(NUMBERS)
            most = {"hop": 16, "act": 4, "peer": 10_000, "stream": 2**31 - 1}.get(name, 10**6)
            part[name] = (
                random.choice((0, 1, 2, 3, most)) if name != "at" else random.choice((0, 1, 10**6, 10**12, 10**16))
            )


def _list(document: dict[str, Any], random: Random) -> None:
    """Events (or what else is many) in another order, twice, thousands of times, only some of them, or none."""
    for told in _transcripts(document):
        lists = [value for value in told.values() if isinstance(value, list) and value]
        if not lists:
            continue
        chosen = random.choice(lists)
        each, place = random.choice(chosen), random.randrange(len(chosen) + 1)
        many = [{**each, "connection": number} for number in range(300)] if isinstance(each, dict) else []
        chosen[:] = random.choice((
            random.sample(chosen, len(chosen)), chosen[::-1], [], chosen[:place], [each, *chosen], [*chosen, *many],
            [twice for twice in chosen for _ in range(2)],
        ))  # fmt: skip


def _bytes(document: dict[str, Any], random: Random) -> None:
    """The octets of an event cut, doubled, or one of them changed."""
    for told in _transcripts(document)[:1]:
        events = [each for name in ("events", "wire") for each in _many(told.get(name)) if isinstance(each, dict)]
        events = [each for each in events if isinstance(each.get("data"), str) and each["data"]]
        for event in random.sample(events, min(len(events), 3)):
            data = event["data"]
            place = random.randrange(len(data))
            change = (
                data[:place],
                data + data,
                data[:place] + chr(random.randrange(256)) + data[place + 1 :],
                data[::-1],
            )
            event["data"] = random.choice(change)


def as_file(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode("ascii")
