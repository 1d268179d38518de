"""Each predicate is shown true by one recorded transcript and false by another."""

import asyncio
import pickle
from dataclasses import replace
from functools import cache

import pytest

from lab import expect
from lab.catalogue import load
from lab.expect import Predicate, predicate
from lab.gateways import Gateway
from lab.gateways.names import gateway_named
from lab.outcome import Facts, facts
from lab.performance import perform
from lab.script import ClientSees, Mistake, UpstreamSees
from tests.expect.shortening import shortening_relay
from tests.performance.relay import Relay

GATEWAYS = {"reference": lambda: gateway_named("reference"), "relay": Relay, "shortening": shortening_relay}


@cache
def seen(address: str, gateway: str, act: int) -> Facts:
    """The facts of the first request of an act, performed now."""
    case = load().select([address])[0]
    player: Gateway = GATEWAYS[gateway]()
    transcript = asyncio.run(perform(case, player))
    assert not transcript.failure
    return facts(transcript, next(asked for asked in transcript.asked if asked.act == act))


WELL = ("first/all_is_well", "reference", 1)
REFUSED = ("first/nobody_home", "reference", 1)
CUT = ("first/broken_promise", "reference", 1)
SHORTENED = ("first/broken_promise", "shortening", 1)
GARBAGE = ("first/garbage", "relay", 1)
SAME = ("first/not_modified", "reference", 2)

SHOWN = [
    ("Answers", expect.Answers(200), WELL, REFUSED),
    ("Answers of several", expect.Answers(502, 504), REFUSED, WELL),
    ("Got", expect.Got("cut-short"), CUT, WELL),
    ("Got of several", expect.Got("relayed", "reported"), REFUSED, CUT),
    ("Disguised", expect.Disguised(), SHORTENED, CUT),
    ("Complete", expect.Complete(), REFUSED, CUT),
    ("MadeBy upstream", expect.MadeBy("upstream"), WELL, REFUSED),
    ("MadeBy gateway", expect.MadeBy("gateway"), REFUSED, CUT),
    ("MadeBy nobody", expect.MadeBy("nobody"), GARBAGE, WELL),
    ("Reports", expect.Reports("connection_refused"), REFUSED, WELL),
    ("HasField", expect.HasField(b"content-TYPE: text/plain"), WELL, SAME),
    ("HasField of any value", expect.HasField(b"etag"), SAME, WELL),
    ("Asked", expect.Asked(1), WELL, REFUSED),
    ("Asked never", expect.Asked(0), REFUSED, WELL),
    ("Not", expect.Not(expect.Answers(200)), REFUSED, WELL),
    ("Either", expect.Either(expect.Answers(200), expect.Answers(304)), SAME, REFUSED),
    ("ClientSees", predicate(ClientSees(b"hello")), WELL, SAME),
    ("UpstreamSees", predicate(UpstreamSees(b'"v1"')), SAME, WELL),
]


@pytest.mark.parametrize(("asking", "true", "false"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_it_is_true_here_and_false_there(
    asking: Predicate, true: tuple[str, str, int], false: tuple[str, str, int]
) -> None:
    assert asking(seen(*true)), f"{asking.says}: {seen(*true)}"
    assert not asking(seen(*false)), f"{asking.says}: {seen(*false)}"


@pytest.mark.parametrize(("asking", "true", "false"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_pickled_it_decides_the_same(
    asking: Predicate, true: tuple[str, str, int], false: tuple[str, str, int]
) -> None:
    again = pickle.loads(pickle.dumps(asking))
    assert again == asking
    assert again(seen(*true))
    assert not again(seen(*false))


def test_every_predicate_of_the_language_is_shown() -> None:
    import lab

    names = {name for name in lab.__all__ if getattr(expect, name, None) is not None}
    kinds = {kind.__name__ for kind in vars(expect).values() if isinstance(kind, type)}
    shown = {row[0].split()[0] for row in SHOWN}
    assert names - kinds == shown - {"ClientSees", "UpstreamSees"}


def test_a_store_made_it() -> None:
    """The reference gateway of this version has no store: a transcript in which the client gets an earlier answer."""
    from tests.expect.stored import stored_twice

    assert expect.MadeBy("store")(stored_twice(2))
    assert not expect.MadeBy("store")(stored_twice(1))
    assert expect.Got("stored")(stored_twice(2))


def test_content_is_no_field_line_whatever_ends_the_lines() -> None:
    from tests.expect.stored import stored_twice

    bare = b"HTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 200 OK\nRoom: 7\n\nFloor: 3\n"
    facts = replace(stored_twice(1), client_received=bare)
    assert expect.HasField(b"Room: 7")(facts)
    assert not expect.HasField(b"Floor")(facts)
    assert not expect.HasField(b"Link")(facts)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: expect.Answers(), "Answers takes status codes"),
        (lambda: expect.Answers(42), "Answers takes status codes"),
        (lambda: expect.Got("fine"), "Got takes outcomes"),
        (lambda: expect.MadeBy("me"), "MadeBy takes upstream"),
        (lambda: expect.HasField("Room: 7"), "HasField takes a field line"),  # type: ignore[arg-type]
        (lambda: expect.Asked(-1), "Asked takes a number"),
        (lambda: expect.Not("no"), "an expectation takes a predicate"),  # type: ignore[arg-type]
        (lambda: expect.Either(3), "an expectation takes a predicate"),  # type: ignore[arg-type]
    ],
    ids=["no status", "no such status", "no outcome", "nobody's word", "no line", "no number", "text", "a number"],
)
def test_what_is_no_predicate_is_refused(make: object, says: str) -> None:
    with pytest.raises(Mistake, match=says):
        make()  # type: ignore[operator]
