"""Scripts, connection after connection and act after act: who plays what, and what is said to have happened."""

from collections.abc import Generator
from typing import Any

import pytest

from lab.certificates import client_context
from lab.script import (
    FIELDS,
    MOST_STEPS,
    NONCE,
    BlackHole,
    ClientSees,
    Close,
    Connections,
    Pause,
    Peer,
    Placeholder,
    Receive,
    Received,
    ReceiveRequest,
    Refuse,
    Reset,
    Send,
    Stall,
    StartTLS,
    Until,
    Upstreams,
    UpstreamSees,
    nonce,
)
from lab.transcript import CLIENT_HOP, What
from tests.upstream.wire import HELLO, REQUEST, playing

pytestmark = pytest.mark.anyio
TLS = client_context(verify=False)


async def test_a_script_without_an_ending_begins_anew_with_each_request() -> None:
    async with playing([ReceiveRequest(), Send(HELLO)]) as played:
        wire = await played.connect()
        for times in (1, 2, 3):
            await wire.send(REQUEST)
            await wire.until(HELLO * times)
        assert await wire.silent(0.02)
        assert played.details(What.REQUEST) == ["GET /page"] * 3


async def test_a_script_that_takes_nothing_is_played_once() -> None:
    async with playing([Send(b"unasked")]) as played:
        wire = await played.connect()
        await wire.until(b"unasked")
        await wire.send(REQUEST)
        await wire.send(REQUEST)
        assert await wire.silent()
        assert wire.received == b"unasked"


async def test_pipelined_requests_are_read_one_after_the_other() -> None:
    async with playing([ReceiveRequest(), Send(b"first"), ReceiveRequest(), Send(b"second"), Close()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST + REQUEST)
        assert await wire.to_the_end() == (b"firstsecond", "fin")


@pytest.mark.parametrize("last", [b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n"])
async def test_a_request_that_asks_for_it_closes_the_connection(last: bytes) -> None:
    async with playing([ReceiveRequest(), Send(HELLO)]) as played:
        wire = await played.connect()
        await wire.send(last)
        assert await wire.to_the_end() == (HELLO, "fin")


async def test_an_ending_is_the_end_whatever_comes_after_it() -> None:
    async with playing([ReceiveRequest(), Send(HELLO), Close()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.to_the_end()
        await wire.send(REQUEST)
        await played.happened(What.RECEIVED, times=2)
        assert len(played.details(What.REQUEST)) == 1


async def test_an_idle_connection_is_closed_when_the_other_side_closes() -> None:
    async with playing([ReceiveRequest(), Send(HELLO)]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(HELLO)
        wire.sock.shutdown(1)
        assert await wire.to_the_end() == (HELLO, "fin")


async def test_the_rest_of_the_content_is_no_new_request() -> None:
    async with playing([ReceiveRequest(content=0), Send(HELLO)]) as played:
        wire = await played.connect()
        await wire.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
        await wire.until(HELLO)
        await wire.send(b"67890")
        await wire.send(REQUEST)
        await wire.until(HELLO * 2)
        assert played.details(What.REQUEST) == ["POST /", "GET /page"]


async def test_each_connection_has_its_script() -> None:
    script = Connections([Send(b"1"), Close()], [Send(b"2"), Close()], otherwise=[Send(b"more"), Close()])
    async with playing(script) as played:
        said = [await (await played.connect()).to_the_end() for _ in range(4)]
        assert [data for data, _ in said] == [b"1", b"2", b"more", b"more"]


async def test_each_peer_counts_its_own_connections() -> None:
    script = Connections([Send(b"first"), Close()], otherwise=[Send(b"later"), Close()])
    async with playing(Upstreams(script, script)) as played:
        assert (await (await played.connect(0)).to_the_end())[0] == b"first"
        assert (await (await played.connect(1)).to_the_end())[0] == b"first"
        assert (await (await played.connect(1)).to_the_end())[0] == b"later"
        assert [(event.peer, event.connection) for event in await played.happened(What.OPENED)] == [
            (1, 1),
            (2, 2),
            (2, 3),
        ]


async def test_a_generator_gets_the_request_and_the_bytes() -> None:
    got: list[Any] = []

    def react() -> Generator[Any, Any, None]:
        request: Received = yield ReceiveRequest()
        got.append(request)
        got.append((yield Send(b"echo " + request.content)))
        got.append((yield Receive(3)))
        yield Close()

    async with playing(react) as played:
        wire = await played.connect()
        wire_bytes = b"PUT /a?b HTTP/1.1\r\nHost: x\r\nX-One: 1\r\nContent-Length: 3\r\n\r\nabc"
        await wire.send(wire_bytes)
        await wire.until(b"echo abc")
        await wire.send(b"\x00\x01")
        await wire.send(b"\x02")
        await wire.to_the_end()
        fields = ((b"host", b"x"), (b"x-one", b"1"), (b"content-length", b"3"))
        assert got == [Received(b"PUT", b"/a?b", b"1.1", fields, b"abc", wire_bytes), None, b"\x00\x01\x02"]


async def test_what_is_no_request_is_given_as_it_is() -> None:
    got: list[Received] = []

    def react() -> Generator[Any, Any, None]:
        got.append((yield ReceiveRequest()))
        yield Close()

    async with playing(react) as played:
        wire = await played.connect()
        await wire.send(b"\x16\x03\x01\x00\x05hello")
        await wire.to_the_end()
        assert got[0].raw == b"\x16\x03\x01\x00\x05hello"
        assert got[0].method == b""


async def test_placeholders_are_filled_in() -> None:
    script = [ReceiveRequest(), Send(NONCE, FIELDS, Placeholder.ACCEPT, b"\r\n"), Send(NONCE), Close()]
    async with playing(script, fields=b'ETag: "1"\r\n') as played:
        wire = await played.connect()
        await wire.send(b"GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        said, _ = await wire.to_the_end()
        first, second = nonce("test", 1, 1, 1), nonce("test", 1, 1, 2)
        accept = b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"  # the example of RFC 6455
        assert said == b"Lab-Nonce: %s\r\n" % first + b'ETag: "1"\r\n' + accept + b"\r\nLab-Nonce: %s\r\n" % second
        assert played.details(What.ANSWERED) == [first.decode(), second.decode()]


# Acts


async def test_a_new_act_has_new_scripts_on_kept_and_on_new_connections() -> None:
    async with playing([ReceiveRequest(), Send(b"old")]) as played:
        kept = await played.connect()
        await kept.send(REQUEST)
        await kept.until(b"old")
        await played.begin(2, Connections([ReceiveRequest(), Send(b"one")], otherwise=[ReceiveRequest(), Send(b"two")]))
        await kept.send(REQUEST)
        assert await kept.until(b"one") == b"oldone"
        new = await played.connect()
        await new.send(REQUEST)
        assert await new.until(b"two") == b"two"
        assert [(e.act, e.connection) for e in await played.happened(What.REQUEST)] == [(1, 1), (2, 1), (2, 2)]


async def test_a_script_that_waits_for_a_request_gives_way_to_the_new_act() -> None:
    async with playing([ReceiveRequest(), Send(b"old"), ReceiveRequest(), Send(b"never")]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(b"old")
        await played.begin(2, [ReceiveRequest(), Send(b"new"), Close()])
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (b"oldnew", "fin")


async def test_without_an_upstream_the_scripts_go_on_where_they_wait() -> None:
    async with playing([ReceiveRequest(), Send(b"one"), ReceiveRequest(), Send(b"two"), Close()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(b"one")
        await played.begin(2, None)
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (b"onetwo", "fin")


async def test_a_script_in_the_middle_goes_on_into_the_new_act() -> None:
    async with playing([ReceiveRequest(), Send(b"a"), Pause(0.05), Send(b"b"), Close()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(b"a")
        await played.begin(2, [ReceiveRequest(), Send(b"new"), Close()])
        assert await wire.to_the_end() == (b"ab", "fin")


async def test_on_a_connection_that_is_secured_already_the_handshake_is_skipped() -> None:
    async with playing([StartTLS(), ReceiveRequest(), Send(b"old")]) as played:
        wire = await played.secure(TLS)
        await wire.send(REQUEST)
        await wire.until(b"old")
        await played.begin(2, [StartTLS(), ReceiveRequest(), Send(b"new"), Close()])
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (b"oldnew", True, "fin")


# Listening


async def test_refuse_refuses_and_holds_the_address() -> None:
    async with playing(Refuse(wrong="nobody listens")) as played:
        with pytest.raises(ConnectionRefusedError):
            await played.connect()
        assert played.whats() == []


async def test_a_black_hole_does_not_answer() -> None:
    async with playing(BlackHole()) as played:
        with pytest.raises(TimeoutError):
            await played.connect_within(0.1)


async def test_a_peer_goes_away_and_comes_back() -> None:
    there = [ReceiveRequest(), Send(HELLO)]
    async with playing(there) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(HELLO)
        await played.begin(2, Refuse())
        assert await wire.to_the_end() == (HELLO, "fin")  # as of a server that was shut down
        with pytest.raises(ConnectionRefusedError):
            await played.connect()
        await played.begin(3, BlackHole())
        with pytest.raises(TimeoutError):
            await played.connect_within(0.1)
        await played.begin(4, there)
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(HELLO)


async def test_a_peer_that_turns_into_a_black_hole_says_nothing_on_kept_connections() -> None:
    async with playing([ReceiveRequest(), Send(HELLO)]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(HELLO)
        await played.begin(2, BlackHole())
        await wire.send(REQUEST)
        assert await wire.silent()


# Until


async def test_until_goes_on_when_it_has_come() -> None:
    async with playing([ReceiveRequest(), Until(ClientSees(b"\r\n\r\n"), else_after=5), Send(b"x"), Close()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await played.happened(What.REQUEST)
        played.record.note(What.RECEIVED, CLIENT_HOP, 1, data=b"HTTP/1.1 200 OK\r\n\r")
        played.record.note(What.RECEIVED, CLIENT_HOP, 2, data=b"\n")  # on another connection
        assert await wire.silent(0.02)
        played.record.note(What.RECEIVED, CLIENT_HOP, 1, data=b"\n")
        assert await wire.to_the_end() == (b"x", "fin")
        assert played.details(What.WAITED) == ["event"]


async def test_until_goes_on_when_it_has_come_before() -> None:
    async with playing([Until(UpstreamSees(b"GET"), else_after=5), Send(b"x"), Close()]) as played:
        waiting = await played.connect()
        assert await waiting.silent(0.02)
        await waiting.send(b"GE")
        await waiting.send(b"T")
        assert await waiting.to_the_end() == (b"x", "fin")
        late = await played.connect()
        assert await late.to_the_end() == (b"x", "fin")


async def test_until_looks_only_at_the_act_that_is_on() -> None:
    async with playing([Receive(), Until(ClientSees(b"x"), else_after=0.05), Send(b"x"), Close()]) as played:
        played.record.note(What.RECEIVED, CLIENT_HOP, 1, data=b"x")
        await played.begin(2, None)
        wire = await played.connect()
        await wire.send(b"go")
        await wire.to_the_end()
        assert played.details(What.WAITED) == ["else"]


async def test_until_goes_on_after_a_while() -> None:
    async with playing([Until(ClientSees(b"x"), else_after=0.03), Send(b"x"), Close()]) as played:
        wire = await played.connect()
        assert await wire.to_the_end() == (b"x", "fin")
        assert played.details(What.WAITED) == ["else"]


# Mistakes


def endless() -> Generator[Any, Any, None]:
    yield Receive()
    while True:
        yield Send(b".")


def raises() -> Generator[Any, Any, None]:
    yield ReceiveRequest(content=0)
    raise ZeroDivisionError("by zero")


def no_step() -> Generator[Any, Any, None]:
    yield Receive()
    yield "hello"


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (endless, f"more than {MOST_STEPS:,} steps"),
        (raises, "the script fails after this step: ZeroDivisionError('by zero')"),
        (no_step, "made of steps such as Send(...), not 'hello'"),
    ],
)
async def test_a_script_that_fails_says_so_and_breaks_the_connection(script: Any, says: str) -> None:
    async with playing(script) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        assert (await wire.to_the_end())[1] == "rst"
        (why,) = played.details(What.SCRIPT_FAILED)
        assert says in why
        assert played.record.failure == why


async def test_where_a_script_failed_is_told_with_the_authors_line() -> None:
    async with playing(raises) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.to_the_end()
        line = raises.__code__.co_firstlineno + 1
        assert played.record.failure.startswith(f"{__file__}:{line}: ")


# Back-pressure


async def test_a_large_send_goes_as_fast_as_it_is_taken() -> None:
    big = bytes(range(256)) * (1 << 16)
    async with playing([Send(big), Close()]) as played:
        wire = await played.connect()
        await played.happened(What.SENT)
        assert What.CLOSED not in played.whats()
        assert sum(len(event.data) for event in played.record.events) < len(big)
        assert await wire.to_the_end() == (big, "fin")
        assert b"".join(event.data for event in await played.happened(What.CLOSED, What.SENT)) == big


# What is seen of a peer that is settled


async def test_settled_is_idle_stalled_or_over() -> None:
    async with playing(Connections([ReceiveRequest(), Pause(0.05), Stall()], otherwise=[Reset()])) as played:
        assert played.upstream.settled
        wire = await played.connect()
        await played.happened(What.OPENED)
        assert played.upstream.settled
        await wire.send(b"GET / HT")
        await played.happened(What.RECEIVED)
        assert not played.upstream.settled
        await wire.send(b"TP/1.1\r\nHost: a\r\n\r\n")
        await played.happened(What.REQUEST)
        assert not played.upstream.settled
        await played.happened(What.STALLED)
        assert played.upstream.settled
        await (await played.connect()).to_the_end()
        assert played.upstream.settled


async def test_settled_is_also_what_nobody_listens_to_any_more() -> None:
    async with playing([ReceiveRequest(), Pause(5), Send(HELLO)]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await played.happened(What.REQUEST)
        assert not played.upstream.settled
        wire.sock.shutdown(1)
        await played.happened(What.ENDED)
        assert played.upstream.settled


async def test_the_mark_of_a_peer_counts_once_something_of_it_was_seen() -> None:
    silent = Peer([ReceiveRequest(), Send(HELLO)], wrong="an odd server", right=[ReceiveRequest(), Send(HELLO)])
    async with playing(silent) as played:
        wire = await played.connect()
        await played.happened(What.OPENED)
        assert played.details(What.DELIVERED) == []
        await wire.send(REQUEST)
        await wire.until(HELLO)
        await wire.send(REQUEST)
        await wire.until(HELLO * 2)
        assert played.details(What.DELIVERED) == ["an odd server"]
