"""Each connection ends exactly as its script says, as a raw socket sees it."""

import ssl

import pytest

from lab.certificates import client_context
from lab.script import Close, Pause, Receive, ReceiveRequest, Reset, Send, Stall, StartTLS
from lab.transcript import What
from tests.upstream.wire import HELLO, REQUEST, playing

pytestmark = pytest.mark.anyio


async def test_close_is_fin() -> None:
    async with playing([ReceiveRequest(), Send(HELLO), Close()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (HELLO, "fin")
        assert played.whats() == [What.OPENED, What.RECEIVED, What.REQUEST, What.SENT, What.CLOSED]


async def test_close_is_fin_also_where_bytes_were_not_read() -> None:
    async with playing([ReceiveRequest(content=0), Send(HELLO), Close()]) as played:
        wire = await played.connect()
        await wire.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + b"x" * 100_000)
        assert await wire.to_the_end() == (HELLO, "fin")
        await wire.send(b"x" * 200_000)
        await played.happened(What.CLOSED)
        assert await wire.silent(0.02) is False  # FIN is still all there is: a reset would raise


async def test_a_closed_connection_is_drained_until_the_other_side_ends() -> None:
    async with playing([Close()]) as played:
        wire = await played.connect()
        assert await wire.to_the_end() == (b"", "fin")
        await wire.send(b"late")
        wire.sock.shutdown(1)
        await played.happened(What.ENDED)
        assert played.whats() == [What.OPENED, What.CLOSED, What.RECEIVED, What.ENDED]


async def test_reset_is_rst_after_all_that_was_sent() -> None:
    async with playing([ReceiveRequest(), Send(HELLO), Reset()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (HELLO, "rst")
        assert played.whats()[-2:] == [What.SENT, What.RESET]


async def test_a_reset_without_a_byte() -> None:
    async with playing([Reset()]) as played:
        wire = await played.connect()
        assert await wire.to_the_end() == (b"", "rst")


async def test_stall_is_silence_until_the_performance_ends() -> None:
    async with playing([ReceiveRequest(), Send(b"HTTP/1.1 200"), Stall()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.until(b"200")
        assert await wire.silent()
        await wire.send(b"anybody there?")
        await played.happened(What.STALLED)
        wire.sock.shutdown(1)
        await played.happened(What.ENDED)
        assert await wire.silent()
        assert What.CLOSED not in played.whats()
    # At the end the lab lets go of its connections by RST.


async def test_what_is_left_at_the_end_is_reset() -> None:
    async with playing([Stall()]) as played:
        wire = await played.connect()
        await played.happened(What.STALLED)
        played.wires.clear()
    assert await wire.to_the_end() == (b"", "rst")
    wire.close()


async def test_a_pause_is_a_pause() -> None:
    async with playing([Receive(), Pause(0.05), Send(b"late"), Close()]) as played:
        wire = await played.connect()
        await wire.send(b"x")
        assert await wire.silent(0.02)
        assert (await wire.to_the_end())[1] == "fin"
        received, sent = (event.at for event in await played.happened(What.RECEIVED, What.SENT))
        assert sent - received >= 50_000_000


TLS = client_context(verify=False)


async def test_under_tls_close_is_a_closure_alert_and_fin() -> None:
    async with playing([StartTLS(), ReceiveRequest(), Send(HELLO), Close()]) as played:
        wire = await played.secure(TLS)
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (HELLO, True, "fin")
        assert played.whats() == [
            What.OPENED, What.HANDSHAKE, What.SECURED, What.RECEIVED, What.REQUEST, What.SENT, What.ALERT_SENT,
            What.CLOSED,
        ]  # fmt: skip


async def test_under_tls_close_without_alert_is_a_truncation() -> None:
    async with playing([StartTLS(), ReceiveRequest(), Send(HELLO), Close(alert=False)]) as played:
        wire = await played.secure(TLS)
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (HELLO, False, "fin")
        assert What.ALERT_SENT not in played.whats()


async def test_under_tls_reset_is_rst_without_alert() -> None:
    async with playing([StartTLS(), ReceiveRequest(), Send(HELLO), Reset()]) as played:
        wire = await played.secure(TLS)
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (HELLO, False, "rst")


async def test_what_comes_after_our_closure_alert_is_still_read() -> None:
    async with playing([StartTLS(), ReceiveRequest(), Close()]) as played:
        wire = await played.secure(TLS)
        await wire.send(REQUEST)
        assert await wire.to_the_end() == (b"", True, "fin")
        await wire.send(b"late")
        await played.happened(What.RECEIVED, times=2)
        wire.tls.unwrap()
        await wire.flush()
        wire.wire.sock.shutdown(1)
        await played.happened(What.ENDED)
        assert played.whats()[-3:] == [What.RECEIVED, What.ALERT_RECEIVED, What.ENDED]


async def test_the_other_sides_endings_are_told_apart() -> None:
    async with playing([ReceiveRequest()]) as played:
        polite, rude = await played.connect(), await played.connect()
        await played.happened(What.OPENED, times=2)
        polite.sock.shutdown(1)
        rude.reset()
        await played.happened(What.ENDED, What.BROKEN)
        assert await polite.to_the_end() == (b"", "fin")
        assert played.whats(1) == [What.OPENED, What.ENDED, What.CLOSED]
        assert played.whats(2) == [What.OPENED, What.BROKEN]
        played.wires.remove(rude)


async def test_the_other_sides_closure_alert_is_told_from_its_truncation() -> None:
    async with playing([StartTLS(), ReceiveRequest()]) as played:
        polite, cut = await played.secure(TLS), await played.secure(TLS)
        with pytest.raises(ssl.SSLWantReadError):
            polite.tls.unwrap()
        await polite.flush()
        cut.wire.sock.shutdown(1)
        await played.happened(What.ALERT_RECEIVED, What.ENDED)
        assert played.details(What.ALERT_RECEIVED) == ["close_notify"]
        assert What.ALERT_RECEIVED in played.whats(1)
        assert What.ENDED not in played.whats(1)
        assert What.ALERT_RECEIVED not in played.whats(2)
        data, ending = await polite.wire.to_the_end()
        polite.incoming.write(data)
        polite.tls.unwrap()  # raises unless a closure alert has come: it is answered in kind
        assert ending == "fin"


async def test_bytes_that_came_before_a_write_failed_are_not_lost() -> None:
    async with playing([Receive(100)]) as played:
        wire = await played.connect()
        await played.happened(What.OPENED)
        (connection,) = played.upstream.connections
        wire.sock.sendall(b"an early answer")
        wire.reset()
        played.wires.remove(wire)
        connection.send(b"x")  # before asyncio has read anything, and into a connection that is broken
        await played.happened(What.BROKEN)
        assert [event.data for event in await played.happened(What.RECEIVED)] == [b"an early answer"]
        assert What.SENT not in played.whats()
