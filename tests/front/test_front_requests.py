"""What the client asked for reaches the application as it was asked."""

import ssl

import pytest

from tests.front.wire import described

pytestmark = pytest.mark.anyio


def request(line: bytes, *fields: bytes) -> bytes:
    return b"\r\n".join([line, *(fields or (b"Host: a.example",)), b"", b""])


@pytest.mark.parametrize("method", [b"GET", b"get", b"Purge", b"M-SEARCH", b"X!#$%&'*+-.^_`|~9"])
async def test_the_method_is_verbatim(method: bytes) -> None:
    seen = await described(request(method + b" / HTTP/1.1"))
    assert seen["method"] == seen["scope"]["method"] == method.decode()


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/", "/", ""),
        ("/a?", "/a", ""),
        ("/a??b=c", "/a", "?b=c"),
        ("//a//b", "//a//b", ""),
        ("/a/../b/./c", "/a/../b/./c", ""),
        ("/%7Euser%2fx%", "/~user/x%", ""),
        ("/a;b=1,2:3@4", "/a;b=1,2:3@4", ""),
        ('/a"b<c>[d]{e}|f^g`h\\i', '/a"b<c>[d]{e}|f^g`h\\i', ""),
    ],
)
async def test_the_target_is_verbatim(target: str, path: str, query: str) -> None:
    seen = await described(request(f"GET {target} HTTP/1.1".encode()))
    assert seen["target"] == seen["origin_form"] == target
    assert (seen["scope"]["path"], seen["scope"]["query_string"]) == (path, query)
    assert seen["scope"]["raw_path"] == target.partition("?")[0]


@pytest.mark.parametrize(
    ("target", "authority", "origin_form"),
    [
        (b"http://b.example/x?y", "b.example", "/x?y"),
        (b"HTTP://b.example:8080/", "b.example:8080", "/"),
        (b"http://b.example", "b.example", "/"),
        (b"http://b.example?y", "b.example", "/?y"),
        (b"http://[::1]:80//x", "[::1]:80", "//x"),
    ],
)
async def test_an_absolute_form_target_wins_over_host(target: bytes, authority: str, origin_form: str) -> None:
    """RFC 9112, 3.2.2."""
    seen = await described(request(b"GET " + target + b" HTTP/1.1", b"host: a.example", b"Accept: */*"))
    assert (seen["target"], seen["authority"], seen["origin_form"]) == (target.decode(), authority, origin_form)
    assert seen["scope"]["headers"] == [["host", authority], ["accept", "*/*"]]
    assert seen["fields"] == [["host", "a.example"], ["Accept", "*/*"]]


@pytest.mark.parametrize("line", [b"OPTIONS * HTTP/1.1", b"OPTIONS http://a.example HTTP/1.1"])
async def test_options_of_the_whole_server(line: bytes) -> None:
    """RFC 9112, 3.2.4."""
    seen = await described(request(line))
    assert (seen["origin_form"], seen["authority"]) == ("*", "a.example")


async def test_an_https_target_on_a_secured_connection(server_tls: ssl.SSLContext, client_tls: ssl.SSLContext) -> None:
    data = request(b"GET https://b.example/ HTTP/1.1")
    seen = await described(data, tls=server_tls, client_tls=client_tls)
    assert (seen["secure"], seen["scope"]["scheme"], seen["authority"]) == (True, "https", "b.example")


async def test_field_lines_keep_their_order_their_case_and_their_repetitions() -> None:
    seen = await described(request(b"GET / HTTP/1.1", b"hOsT: a.example", b"X-B:  1 \t", b"x-a: \xe9", b"X-B: 2"))
    assert seen["fields"] == [["hOsT", "a.example"], ["X-B", "1"], ["x-a", "\xe9"], ["X-B", "2"]]
    assert seen["scope"]["headers"] == [["host", "a.example"], ["x-b", "1"], ["x-a", "\xe9"], ["x-b", "2"]]


@pytest.mark.parametrize(("version", "known"), [(b"1.1", "1.1"), (b"1.0", "1.0"), (b"1.2", "1.1"), (b"1.9", "1.1")])
async def test_a_higher_minor_version_is_understood_as_1_1(version: bytes, known: str) -> None:
    seen = await described(request(b"GET / HTTP/" + version))
    assert seen["version"] == seen["scope"]["http_version"] == known


async def test_an_http_1_0_client_may_leave_out_host() -> None:
    seen = await described(request(b"GET / HTTP/1.0", b"Accept: */*"))
    assert seen["authority"] == ""
    assert seen["scope"]["headers"] == [["accept", "*/*"]]


async def test_an_empty_host_is_an_empty_authority() -> None:
    seen = await described(request(b"GET / HTTP/1.1", b"Host:"))
    assert seen["authority"] == ""


async def test_the_address_of_the_client() -> None:
    seen = await described(request(b"GET / HTTP/1.1"))
    assert seen["client"][0].startswith("127.")
    assert seen["client"][1] > 0


async def test_an_empty_line_before_the_request_is_ignored() -> None:
    """RFC 9112, 2.2."""
    seen = await described(b"\r\n" + request(b"GET / HTTP/1.1"))
    assert seen["method"] == "GET"


@pytest.mark.parametrize(
    "fields",
    [
        [b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAAQAAP__"],
        [b"Connection: upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: AAAA"],
    ],
    ids=["h2c", "websocket"],
)
async def test_an_offer_to_upgrade_is_ignored(fields: list[bytes]) -> None:
    """RFC 9110, 7.8: a server may. RFC 9113, 3.1: the h2c token must not be selected."""
    seen = await described(request(b"GET / HTTP/1.1", b"Host: a.example", *fields))
    assert seen["version"] == "1.1"


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_content_with_a_length(size: int) -> None:
    data = request(b"POST / HTTP/1.1", b"Host: a", b"Content-Length: %d" % size) + b"x" * size
    assert (await described(data))["content"] == "x" * size


async def test_chunked_content_and_its_trailer_fields() -> None:
    data = request(b"POST / HTTP/1.1", b"Host: a", b"Transfer-Encoding: chunked", b"Trailer: Check")
    seen = await described(data + b"3;why=not\r\nabc\r\n2\r\nde\r\n0\r\nCheck: 5\r\nX-More: yes\r\n\r\n")
    assert seen["content"] == "abcde"
    assert seen["trailers"] == [["Check", "5"], ["X-More", "yes"]]
