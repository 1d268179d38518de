"""Every value of the language can be copied with a change, compared, and shown."""

import copy
from dataclasses import fields, replace
from typing import Any

import pytest

from lab import (
    NONCE,
    RFC,
    Act,
    Answers,
    BlackHole,
    ClientSees,
    Close,
    Connections,
    Follows,
    Get,
    Must,
    Pause,
    Peer,
    Question,
    Receive,
    ReceiveRequest,
    Refuse,
    Request,
    Reset,
    Scenario,
    Send,
    Stall,
    StartTLS,
    Together,
    UnixSocket,
    Until,
    Upstreams,
)

CLAUSE = RFC(9112, "6.3")


def values() -> list[Any]:
    """All of them, made anew."""
    return [
        Send(b"a\r\n", NONCE, wrong="It is wrong.", right=Send(b"b")),
        ReceiveRequest(content=3, watch="Half of it."),
        Receive(4),
        Pause(1),
        Until(ClientSees(b"x"), else_after=1),
        StartTLS(alpn=("h2",)),
        Close(alert=False),
        Reset(),
        Stall(reads=False),
        Request("POST", "/", b"A: b\r\n", content=b"x"),
        Get("/", b"A: b\r\n"),
        Connections([Reset()], [Close()], otherwise=[Close()]),
        Peer([Close()], secure=True, first_address="refuses"),
        UnixSocket([Close()], wrong="It closes.", right=[Reset()]),
        Refuse(wrong="Nobody."),
        BlackHole(),
        Upstreams([Close()], Refuse()),
        Together(Get("/"), Get("/2")),
        Act(client=Get("/"), upstream=[Close()], clock=3),
        Must("it is a 200", Answers(200), CLAUSE),
        Follows("it is a 200", Answers(200), CLAUSE, "so it was sent"),
        Question("Is it a 200?", Answers(200)),
        Scenario(lesson="l", guess="g", client=Get("/"), upstream=[Close()], expect=[Question("q", Answers(200))]),
    ]


PAIRS = list(zip(values(), values(), strict=True))


@pytest.mark.parametrize(("value", "again"), PAIRS, ids=[type(value).__name__ for value, _ in PAIRS])
def test_a_value_is_what_it_says_wherever_it_was_written(value: Any, again: Any) -> None:
    assert value == again
    assert repr(value) == repr(again)
    assert copy.deepcopy(value) == copy.copy(value) == value


@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
def test_each_part_can_be_replaced(value: Any) -> None:
    for part in fields(value):
        again = replace(value, **{part.name: getattr(value, part.name)})
        assert again == value
        assert type(again) is type(value)
        assert getattr(again, "where", None) == getattr(value, "where", None)


def test_what_is_replaced_is_another() -> None:
    assert replace(Send(b"a", b"b"), lines=(b"a",)) == Send(b"a")
    assert replace(Connections([Close()], otherwise=[Reset()]), first=()) == Connections(otherwise=[Reset()])
    assert replace(Upstreams([Close()], Refuse()), peers=(Refuse(),)) == Upstreams(Refuse())
    assert replace(Together(Get("/1"), Get("/2")), clients=(Get("/3"), Get("/4"))) == Together(Get("/3"), Get("/4"))
    assert replace(Get("/1", b"A: b\r\n"), fields=()) == Get("/1")
