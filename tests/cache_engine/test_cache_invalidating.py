"""What a successful unsafe request makes invalid (RFC 9111, 4.4)."""

import pytest

from lab.gateways.reference.cache.engine import Asked, Relay
from lab.h1 import Fields
from tests.cache_engine.speaking import Cache, get, response

HERE = b"http://example.com/"


def invalidates(method: bytes, status: int, fields: str = "", target: bytes = b"/") -> tuple[bytes, ...]:
    cache = Cache()
    asked = get(method=method, target=target)
    reaction = cache.answer(asked, cache.forward(asked, 0), response(fields, status), 0)
    assert isinstance(reaction, Relay)
    assert reaction.store is None
    return reaction.invalidates


@pytest.mark.parametrize("method", [b"POST", b"PUT", b"DELETE", b"PATCH", b"M-SEARCH", b"get"])
@pytest.mark.parametrize("status", [200, 204, 299, 302, 399])
def test_the_target_of_an_unsafe_request(method: bytes, status: int) -> None:
    assert invalidates(method, status) == (HERE,)


@pytest.mark.parametrize(("method", "status"), [(b"OPTIONS", 200), (b"TRACE", 200), (b"POST", 400), (b"PUT", 500)])
def test_not_after_a_safe_one_or_an_error(method: bytes, status: int) -> None:
    assert invalidates(method, status) == ()


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("b", b"http://example.com/a/b"),
        ("/b", b"http://example.com/b"),
        ("/b?c", b"http://example.com/b?c"),
        ("/b?", b"http://example.com/b?"),
        ("/b#c", b"http://example.com/b"),
        ("?c", b"http://example.com/a/x?c"),
        ("../b", b"http://example.com/b"),
        ("http://EXAMPLE.com:80/B", b"http://example.com/B"),
        ("//example.com/b", b"http://example.com/b"),
        ("http://example.com", b"http://example.com/"),
        ("https://example.com/b", None),
        ("http://example.com:8080/b", None),
        ("http://other.example/b", None),
        ("http://user@example.com/b", None),
        ("//[::1/b", None),
        ("javascript:x", None),
        ("http://\xe9\xe9/", None),
    ],
)
@pytest.mark.parametrize("name", ["Location", "Content-Location"])
def test_what_the_response_speaks_of_on_the_same_origin(name: str, reference: str, key: bytes | None) -> None:
    found = invalidates(b"POST", 201, f"{name}: {reference}", b"/a/x")
    assert found[0] == b"http://example.com/a/x"
    assert found[1:] == (() if key in (None, found[0]) else (key,))


def test_the_origin_has_scheme_host_and_port() -> None:
    engine = Cache().engine

    def key(secure: bool, authority: bytes) -> bytes:
        return engine.key(Asked(b"GET", b"/", secure, authority, Fields()))

    assert key(False, b"A.example:80") == key(False, b"a.example") == b"http://a.example/"
    assert key(True, b"a.example:443") == key(True, b"a.example") == b"https://a.example/"
    assert key(True, b"a.example:80") == b"https://a.example:80/"
    assert key(False, b"a.example:443") == b"http://a.example:443/"
