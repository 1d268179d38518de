"""What a gateway may change on the way, and what is damage: added cookies, trailer fields dropped, changed, merged."""

import pytest

from tests.outcome.test_outcome_facts import once, words

COOKIES = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nLab-Nonce: n.1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nhi"
CHUNKED = b"HTTP/1.1 200 OK\r\nLab-Nonce: n.1\r\nTransfer-Encoding: chunked\r\n%b\r\n2\r\nhi\r\n0\r\n%b\r\n"
SUM = b"Sum: 1\r\n"


@pytest.mark.parametrize(
    ("upstream", "client", "expected"),
    [
        (COOKIES, COOKIES.replace(b"\r\n\r\n", b"\r\nSet-Cookie: by=gateway\r\n\r\n"), "relayed"),
        (COOKIES, COOKIES.replace(b"Set-Cookie: a=1\r\n", b"Set-Cookie: z=9\r\nSet-Cookie: a=1\r\n"), "relayed"),
        (COOKIES, COOKIES.replace(b"Set-Cookie: b=2\r\n", b""), "disguised"),
        (COOKIES, COOKIES.replace(b"a=1", b"a=2"), "disguised"),
        (COOKIES, COOKIES.replace(b"Set-Cookie: a=1\r\n", b"").replace(b"b=2", b"b=2\r\nSet-Cookie: a=1"), "disguised"),
        (COOKIES, COOKIES.replace(b"Set-Cookie: a=1\r\n", b"").replace(b"b=2", b"a=1, b=2"), "disguised"),
        (CHUNKED % (b"", SUM), CHUNKED % (b"", SUM), "relayed"),
        (CHUNKED % (b"", SUM), CHUNKED % (b"", b""), "relayed"),
        (CHUNKED % (b"", SUM), CHUNKED % (b"", b"sum: 1\r\n"), "relayed"),
        (CHUNKED % (b"", SUM), CHUNKED % (b"", b"Sum: 2\r\n"), "disguised"),
        (CHUNKED % (b"", SUM), CHUNKED % (SUM, b""), "disguised"),
        (CHUNKED % (SUM, SUM), CHUNKED % (SUM, b""), "relayed"),
        (CHUNKED % (b"", b""), CHUNKED % (b"", b"Took: 5\r\n"), "relayed"),
    ],
    ids=["cookie added after", "cookie added before", "cookie lost", "cookie changed", "cookies in another order",
         "cookies combined", "trailers", "trailers dropped", "trailers in lower case", "trailer changed",
         "trailer merged", "in both, dropped", "trailer added"],
)  # fmt: skip
def test_what_may_change(upstream: bytes, client: bytes, expected: str) -> None:
    assert words(once(upstream, client))[0] == expected
