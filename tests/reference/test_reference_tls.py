"""TLS towards the upstream: what is checked, what is asked for, and each failure told apart."""

import asyncio
import contextlib
import dataclasses
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from lab.certificates import authority, server_context
from lab.tls import Alert, Certificate, alert
from tests.reference.parties import (
    DEADLINE,
    GET,
    PATIENT,
    Gateway,
    Got,
    Peer,
    Script,
    ask,
    connected,
    gateway,
    saying,
    upstream,
)

pytestmark = pytest.mark.anyio

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
UNTIL_CLOSE = b"HTTP/1.1 200 OK\r\n\r\nhello"
Act = Callable[[ssl.SSLSocket], None]


def over_tls(act: Act, context: ssl.SSLContext | None = None) -> Script:
    """A script that shakes hands, by OpenSSL on a blocking socket, and lets `act` have what comes of it."""
    secured = server_context() if context is None else context

    def serve(sock: socket.socket) -> None:
        sock.settimeout(DEADLINE)
        with (
            contextlib.suppress(OSError),
            secured.wrap_socket(sock, server_side=True, suppress_ragged_eofs=False) as tls,
        ):
            act(tls)

    async def script(peer: Peer) -> None:
        await asyncio.to_thread(serve, peer.sock.dup())
        peer.close()

    return script


def answering(data: bytes, *, closure_alert: bool = True) -> Act:
    def act(tls: ssl.SSLSocket) -> None:
        tls.recv(65536)
        tls.sendall(data)
        if closure_alert:
            tls.unwrap()

    return act


@contextlib.asynccontextmanager
async def in_front_of(script: Script, **changes: Any) -> AsyncIterator[Gateway]:
    changes.setdefault("trust", authority())
    async with upstream(script, secure=True) as playing, gateway(playing, **changes) as between:
        yield between


async def got_from(script: Script, **changes: Any) -> Got:
    async with in_front_of(script, **changes) as between:
        return await ask(between)


@pytest.mark.parametrize("version", ["1.2", "1.3"])
async def test_a_response_over_tls(version: str) -> None:
    script = over_tls(answering(HELLO), server_context(oldest=version, newest=version))
    got = await got_from(script)
    assert (got.status, got.content, got.complete) == (200, b"hi", True)


async def test_the_name_and_the_protocol_are_asked_for() -> None:
    context = server_context(server_name="upstream.test", alpn=("h2", "http/1.1"))
    got = await got_from(over_tls(lambda tls: answering(HELLO if tls.selected_alpn_protocol() else b"")(tls), context))
    assert got.content == b"hi"


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        (Certificate.EXPIRED, "certificate has expired"),
        (Certificate.NOT_YET_VALID, "certificate is not yet valid"),
        (Certificate.WRONG_NAME, "Hostname mismatch, certificate is not valid for 'upstream.test'"),
        (Certificate.SELF_SIGNED, "self-signed certificate"),
        (Certificate.UNTRUSTED, "self-signed certificate in certificate chain"),
        (Certificate.MISSING_INTERMEDIATE, "unable to get local issuer certificate"),
    ],
)
async def test_a_certificate_that_is_refused(kind: Certificate, details: str) -> None:
    got = await got_from(over_tls(answering(HELLO), server_context(kind)))
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=tls_certificate_error;next-hop=")
    assert got.proxy_status.endswith(f';details="{details}"')


async def test_nobody_is_trusted_where_no_authority_is_given() -> None:
    got = await got_from(over_tls(answering(HELLO)), trust=b"")
    assert "error=tls_certificate_error" in got.proxy_status


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (server_context(client_certificate=True), Alert.CERTIFICATE_REQUIRED),
        (server_context(client_certificate=True, newest="1.2"), Alert.HANDSHAKE_FAILURE),
        (server_context(server_name="another.test"), Alert.UNRECOGNIZED_NAME),
        (server_context(oldest="1.0", newest="1.1"), Alert.PROTOCOL_VERSION),
    ],
    ids=["client certificate, after the handshake", "client certificate", "server name", "version"],
)
async def test_an_alert_of_the_upstream(context: ssl.SSLContext, expected: Alert) -> None:
    got = await got_from(over_tls(answering(HELLO), context))
    assert got.status == 502
    assert got.proxy_status.startswith(
        f"gw;error=tls_alert_received;alert-id={expected.value};alert-message={expected.registered};next-hop="
    )


@pytest.mark.parametrize("expected", [Alert.NO_APPLICATION_PROTOCOL, Alert.INTERNAL_ERROR, Alert.USER_CANCELED])
async def test_any_alert_in_plain_text(expected: Alert) -> None:
    async def script(peer: Peer) -> None:
        await peer.more()
        await peer.send(alert(expected))
        peer.close()

    got = await got_from(script)
    assert f"error=tls_alert_received;alert-id={expected.value};alert-message={expected.registered}" in got.proxy_status


@pytest.mark.parametrize("end", [Peer.close, Peer.reset])
async def test_plain_text_where_tls_is_expected(end: Callable[[Peer], None]) -> None:
    async def script(peer: Peer) -> None:
        await peer.more()
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        end(peer)

    got = await got_from(script)
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=tls_protocol_error;")
    assert got.proxy_status.endswith(';details="in place of TLS came an HTTP/1 response in plain text"')


async def test_tls_where_plain_text_is_expected() -> None:
    async with upstream(saying(alert(Alert.DECODE_ERROR))) as playing, gateway(playing) as between:
        got = await ask(between)
    assert "error=http_protocol_error" in got.proxy_status


@pytest.mark.parametrize("end", [Peer.close, Peer.reset])
async def test_an_end_in_the_handshake(end: Callable[[Peer], None]) -> None:
    async def script(peer: Peer) -> None:
        await peer.more()
        end(peer)

    got = await got_from(script)
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=tls_protocol_error;")
    assert got.proxy_status.endswith(';details="the connection ended in the handshake; before it came nothing"')


async def test_silence_in_the_handshake() -> None:
    async def script(peer: Peer) -> None:
        await peer.ended()

    got = await got_from(script, timeouts=dataclasses.replace(PATIENT, tls=0.05))
    assert got.status == 504
    assert got.proxy_status.startswith("gw;error=connection_timeout;")
    assert got.proxy_status.endswith(';details="the handshake was not done after 0.05 s; so far came nothing"')


async def test_a_closure_alert_completes_what_the_close_delimits() -> None:
    got = await got_from(over_tls(answering(UNTIL_CLOSE)))
    assert (got.content, got.complete) == (b"hello", True)


async def test_without_the_closure_alert_it_is_incomplete() -> None:
    script = over_tls(answering(UNTIL_CLOSE, closure_alert=False))
    got = await got_from(script)
    assert (got.status, got.content, got.complete) == (200, b"hello", False)
    held_back = await got_from(script, buffer=100)
    assert held_back.status == 502
    assert "error=http_response_incomplete" in held_back.proxy_status
    assert "received-status=200" in held_back.proxy_status
    assert held_back.proxy_status.endswith('no closure alert of TLS came before the end"')


async def test_a_length_needs_no_closure_alert() -> None:
    got = await got_from(over_tls(answering(HELLO, closure_alert=False)))
    assert (got.content, got.complete) == (b"hi", True)


async def test_a_record_that_does_not_decrypt() -> None:
    def act(tls: ssl.SSLSocket) -> None:
        tls.recv(65536)
        tls.sendall(UNTIL_CLOSE)
        with socket.socket(fileno=tls.detach()) as plain:
            plain.sendall(b"\x17\x03\x03\x00\x20" + bytes(32))

    got = await got_from(over_tls(act), buffer=100)
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=tls_protocol_error;")


async def test_connections_that_are_being_opened_count_too() -> None:
    begun = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.more()
        begun.set()
        await peer.ended()

    async with in_front_of(script, connections=1) as between, connected(between) as client:
        await client.send(GET)
        await begun.wait()
        assert "error=connection_limit_reached" in (await ask(between)).proxy_status


async def test_nothing_is_asked_for_a_client_that_left_during_the_handshake() -> None:
    begun, left, over = asyncio.Event(), asyncio.Event(), asyncio.Event()
    asked: list[bytes] = []

    async def script(peer: Peer) -> None:
        begun.set()
        await left.wait()
        await over_tls(lambda tls: asked.append(tls.recv(65536)))(peer)
        over.set()

    async with upstream(script, secure=True) as playing, gateway(playing, trust=authority()) as between:
        async with connected(between) as client:
            await client.send(GET)
            await begun.wait()
            client.reset()
        left.set()
        async with asyncio.timeout(DEADLINE):
            await over.wait()
    assert asked == [b""]


async def test_the_connection_is_used_again_and_closed_with_an_alert() -> None:
    context = server_context(names=("upstream.test", "closure.test"))  # this test's own
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
    closure_alert = threading.Event()

    def act(tls: ssl.SSLSocket) -> None:
        for _ in range(3):
            assert tls.recv(65536).endswith(b"\r\n\r\n")
            tls.sendall(HELLO)
        if tls.recv(65536) == b"":
            closure_alert.set()

    async with upstream(over_tls(act, context), secure=True) as playing:
        async with gateway(playing, trust=authority()) as between, connected(between) as client:
            for _ in range(3):
                assert (await client.ask(GET)).content == b"hi"
        assert await asyncio.to_thread(closure_alert.wait, DEADLINE)
        assert len(playing.peers) == 1


async def test_silence_after_the_handshake_is_no_failure_of_tls() -> None:
    def act(tls: ssl.SSLSocket) -> None:
        while tls.recv(65536):
            pass

    got = await got_from(over_tls(act), timeouts=dataclasses.replace(PATIENT, first_byte=0.05))
    assert "error=connection_read_timeout" in got.proxy_status
