"""Handshakes: what each condition does, with the right alert, and what is said to have happened."""

import ssl

import pytest

from lab.certificates import client_context
from lab.script import Close, ReceiveRequest, Send, StartTLS
from lab.tls import Certificate, openssl_reason
from lab.transcript import What
from tests.upstream.wire import HELLO, REQUEST, Playing, SecureWire, playing

pytestmark = pytest.mark.anyio

ANY = client_context(verify=False)
STRICT = client_context()


def script(**conditions: object) -> list[object]:
    return [StartTLS(wrong="the handshake", **conditions), ReceiveRequest(), Send(HELLO), Close()]  # type: ignore[arg-type]


async def refused(played: Playing, context: ssl.SSLContext = ANY, name: str | None = "upstream.test") -> str:
    """The alert that the upstream answers a ClientHello with."""
    try:
        wire = await played.secure(context, name)
        await wire.to_the_end()  # with TLS 1.3 the client learns only afterwards what the server thinks of it
        error = wire.error
    except ssl.SSLError as in_handshake:
        error = in_handshake
    assert error is not None, "no alert came"
    return openssl_reason(error.reason, str(error))


async def test_a_valid_certificate() -> None:
    async with playing(script(alpn=("h2", "http/1.1"))) as played:
        wire = await played.secure(client_context(alpn=("http/1.1",)))
        await wire.send(REQUEST)
        assert (await wire.to_the_end())[0] == HELLO
        assert played.details(What.SECURED) == ["TLS 1.3, ALPN http/1.1, server name upstream.test"]
        assert played.details(What.DELIVERED) == ["the handshake"]


async def test_without_names_and_protocols() -> None:
    async with playing(script(newest="1.2")) as played:
        await played.secure(ANY, None)
        await played.happened(What.SECURED)
        assert played.details(What.SECURED) == ["TLS 1.2, no ALPN, no server name"]


@pytest.mark.parametrize("kind", [kind for kind in Certificate if kind.refused])
async def test_a_certificate_that_is_refused(kind: Certificate) -> None:
    async with playing(script(certificate=kind)) as played:
        with pytest.raises(ssl.SSLCertVerificationError):
            await played.secure(STRICT)
        await played.happened(What.HANDSHAKE_FAILED)
        assert played.whats()[:3] == [What.OPENED, What.HANDSHAKE, What.DELIVERED]
        (alert,) = played.details(What.ALERT_RECEIVED)
        assert alert in ("bad_certificate", "certificate_expired", "unknown_ca", "certificate_unknown")
        assert played.details(What.HANDSHAKE_FAILED) == [f"the other side sent the alert {alert}"]
        assert What.CLOSED in played.whats()


async def test_another_name_than_the_one_demanded() -> None:
    async with playing(script(server_name="other.test")) as played:
        assert await refused(played) == "TLSV1_UNRECOGNIZED_NAME"
        assert played.details(What.ALERT_SENT) == ["unrecognized_name"]
        assert played.details(What.DELIVERED) == ["the handshake"]


async def test_the_name_that_is_demanded() -> None:
    async with playing(script(server_name="upstream.test")) as played:
        await played.secure(STRICT)
        await played.happened(What.SECURED)


@pytest.mark.parametrize("offered", [(), ("http/1.1",)])
async def test_no_protocol_in_common(offered: tuple[str, ...]) -> None:
    async with playing(script(alpn=("h2",), refuse_alpn=True)) as played:
        assert (
            await refused(played, client_context(verify=False, alpn=offered)) == "TLSV1_ALERT_NO_APPLICATION_PROTOCOL"
        )
        assert played.details(What.ALERT_SENT) == ["no_application_protocol"]
        assert played.details(What.HANDSHAKE_FAILED) == [f"the client offers {', '.join(offered) or 'nothing'} by ALPN"]


async def test_a_protocol_in_common() -> None:
    async with playing(script(alpn=("h2", "http/1.1"), refuse_alpn=True)) as played:
        await played.secure(client_context(verify=False, alpn=("http/1.1",)))
        await played.happened(What.SECURED)


async def test_an_old_version_is_refused() -> None:
    async with playing(script(oldest="1.3")) as played:
        assert await refused(played, client_context(verify=False, newest="1.2")) == "TLSV1_ALERT_PROTOCOL_VERSION"
        assert played.details(What.ALERT_SENT) == ["protocol_version"]


@pytest.mark.parametrize("newest", ["1.2", "1.3"])
async def test_a_client_certificate_is_demanded(newest: str) -> None:
    async with playing(script(client_certificate=True, newest=newest)) as played:
        reason = await refused(played)
        expected = {"1.2": "handshake_failure", "1.3": "certificate_required"}[newest]
        assert expected.upper() in reason
        await played.happened(What.HANDSHAKE_FAILED)
        assert played.details(What.ALERT_SENT) == [expected]


async def test_a_client_certificate_is_shown() -> None:
    async with playing(script(client_certificate=True)) as played:
        wire = await played.secure(client_context(client_certificate=True))
        await wire.send(REQUEST)
        assert (await wire.to_the_end())[0] == HELLO


async def test_plain_text_to_a_tls_port() -> None:
    async with playing(script()) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.to_the_end()
        assert [event.data for event in await played.happened(What.RECEIVED)] == [REQUEST]
        assert played.details(What.HANDSHAKE_FAILED) == ["no TLS came, but an HTTP/1 request in plain text"]
        assert played.details(What.DELIVERED) == []
        assert What.HANDSHAKE not in played.whats()


async def test_a_client_that_leaves_before_the_handshake() -> None:
    async with playing(script()) as played:
        wire = await played.connect()
        wire.sock.shutdown(1)
        await wire.to_the_end()
        assert played.whats() == [What.OPENED, What.ENDED, What.CLOSED]


async def test_a_client_that_leaves_in_the_handshake() -> None:
    async with playing(script(newest="1.2")) as played:
        wire = await played.connect()
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = ANY.wrap_bio(incoming, outgoing)
        with pytest.raises(ssl.SSLWantReadError):
            client.do_handshake()
        hello = outgoing.read()
        await wire.send(hello[:20])
        await wire.send(hello[20:])
        await played.happened(What.HANDSHAKE)
        wire.sock.shutdown(1)
        await wire.to_the_end()
        assert played.details(What.HANDSHAKE_FAILED) == ["the connection was closed in the handshake"]


async def test_tls_may_begin_in_the_middle() -> None:
    async with playing([Send(b"go on\n"), StartTLS(), ReceiveRequest(), Send(HELLO), Close()]) as played:
        wire = await played.connect()
        await wire.until(b"go on\n")
        wire.received = b""
        secure = SecureWire(wire, ANY, "upstream.test")
        await secure.shake_hands()
        await secure.send(REQUEST)
        assert await secure.to_the_end() == (HELLO, True, "fin")


async def test_broken_records_after_the_handshake() -> None:
    async with playing(script()) as played:
        wire = await played.secure(ANY)
        await wire.wire.send(b"\x17\x03\x03\x00\x20" + b"x" * 32)
        await played.happened(What.BROKEN, What.CLOSED)
        assert What.HANDSHAKE_FAILED not in played.whats()
