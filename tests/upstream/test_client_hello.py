"""What a ClientHello asks for, and that nothing else is taken for one."""

import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.tls import ContentType, record
from lab.upstream.hello import MOST, ClientHello, NoClientHello, client_hello


def hello(name: str | None = "upstream.test", alpn: tuple[str, ...] = ()) -> bytes:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    if alpn:
        context.set_alpn_protocols(list(alpn))
    outgoing = ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=name).do_handshake()
    return outgoing.read()


@pytest.mark.parametrize("name", [None, "upstream.test"])
@pytest.mark.parametrize("alpn", [(), ("h2",), ("h2", "http/1.1")])
def test_what_openssl_asks_for(name: str | None, alpn: tuple[str, ...]) -> None:
    assert client_hello(hello(name, alpn)) == ClientHello(name, alpn)


WHOLE = hello(alpn=("http/1.1",))


@given(st.integers(0, len(WHOLE) - 1))
def test_a_part_of_it_is_not_enough(size: int) -> None:
    assert client_hello(WHOLE[:size]) is None


def test_it_may_come_in_several_records() -> None:
    message = WHOLE[5:]
    split = b"".join(record(ContentType.HANDSHAKE, message[at : at + 50]) for at in range(0, len(message), 50))
    assert client_hello(split) == client_hello(WHOLE)
    assert client_hello(split[:-1]) is None


def test_what_follows_it_does_not_matter() -> None:
    assert client_hello(WHOLE + b"early data") == client_hello(WHOLE)


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n",
        b"\x15\x03\x01\x00\x02\x02\x28",
        b"\x16\x02\x00",
        record(ContentType.HANDSHAKE, b"\x02\x00\x00\x01x"),
        record(ContentType.HANDSHAKE, b"\x01\x00\x00\x01x"),
        record(ContentType.HANDSHAKE, b"\x01\xff\xff\xff" + b"x" * 16_000) * (MOST // 16_000 + 1),
    ],
)
def test_something_else_is_none(data: bytes) -> None:
    with pytest.raises(NoClientHello):
        client_hello(data)


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: WHOLE[:150] + tail))
def test_whatever_comes_it_says_one_or_the_other(data: bytes) -> None:
    try:
        found = client_hello(data)
    except NoClientHello:
        return
    assert found is None or isinstance(found, ClientHello)
