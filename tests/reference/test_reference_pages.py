"""The gateway's own answers: who made them, which hop failed, and why, in the form that the client likes best."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.gateways.reference.accept import preferred
from lab.gateways.reference.failure import Failure, shown
from lab.gateways.reference.pages import Story, page
from lab.gateways.reference.proxy_status import proxy_status
from lab.rfc.conditions import CONDITIONS, Condition
from tests.reference.parties import Got, answered, ask, connected, gateway, saying

OFFERED = ("text/plain", "text/html", "application/problem+json")
BROWSER = b"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (b"", "text/plain"),
        (b"*/*", "text/plain"),
        (BROWSER, "text/html"),
        (b"text/html;q=0.4, text/plain;q=0.5", "text/plain"),
        (b"text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "text/html"),
        (b"TEXT/HTML", "text/html"),
        (b"text/plain;q=0, */*;q=0.1", "text/html"),
        (b"application/json, application/problem+json", "application/problem+json"),
        (b"application/*", "application/problem+json"),
        (b"text/html, */*", "text/html"),
        (b"text/html; level=1; q=0.2, text/plain;q=0.1", "text/html"),
        (b"image/png", "text/plain"),
        (b"text/html;q=2, text/plain", "text/plain"),
        (b";;;,,/,q=1", "text/plain"),
    ],
)
def test_the_form_that_the_client_likes_best(accept: bytes, chosen: str) -> None:
    assert preferred(accept, OFFERED) == chosen


@given(st.binary(max_size=100))
def test_any_accept_at_all(accept: bytes) -> None:
    assert preferred(accept, OFFERED) in OFFERED


class Visible(HTMLParser):
    """What a browser would show, and the elements that it would see."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.text = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


ELEMENTS = {"html", "meta", "title", "style", "h1", "p", "pre", "dl", "dt", "dd", "code"}


def story(details: str = "x", condition: Condition = Condition.NO_BYTE, **changes: str) -> Story:
    return Story(Failure(condition, details, **{"next_hop": "127.0.0.1:1", **changes}), 502, "gw")  # type: ignore[arg-type]


@settings(max_examples=50)
@given(st.text(), st.text())
def test_nothing_is_shown_unescaped(details: str, next_hop: str) -> None:
    told = story(details, next_hop=next_hop)
    for accept in OFFERED:
        _, content = page(told, accept.encode())
        assert all(byte == 0x0A or 0x20 <= byte <= 0x7E for byte in content)
    assert Visible(page(told, b"text/html")[1].decode()).elements == ELEMENTS
    assert json.loads(page(told, b"application/problem+json")[1])["status"] == 502


@given(st.text(), st.text(), st.text())
def test_proxy_status_is_always_a_structured_field(details: str, name: str, coding: str) -> None:
    for condition, extras in (
        (Condition.FIELD_TOO_LARGE, {"header-name": name, "header-size": 7}),
        (Condition.TRANSFER_CODING_UNKNOWN, {"coding": coding}),
    ):
        value = proxy_status(Failure(condition, details, extras), "gw")  # type: ignore[arg-type]
        assert value.startswith(b"gw;error=")
        assert value.isascii()
        assert value.decode().isprintable()


def test_long_details_are_cut() -> None:
    assert shown("a" * 1_000) == "a" * 197 + "..."


@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_condition_has_a_page(condition: Condition) -> None:
    text = page(story(condition=condition), b"text/plain")[1].decode()
    assert text.startswith(
        "502 Bad Gateway\n\nThis answer was made by the gateway gw, not by the upstream behind it.\n"
    )
    assert CONDITIONS[condition].error_type in text
    assert ("--x--" in text) != ("(x)" in text)


def test_the_text() -> None:
    _, content = page(story("no octet came", Condition.NO_BYTE), b"text/plain")
    assert content.decode() == (
        "502 Bad Gateway\n\n"
        "This answer was made by the gateway gw, not by the upstream behind it.\n\n"
        "client ----- gateway --x-- upstream\n\n"
        "Where: In the response of the upstream 127.0.0.1:1 to the gateway.\n"
        "Why:   The upstream connection ended before the response was complete. No octet came.\n"
        "Type:  connection_terminated (RFC 9209, 2.3.8)\n"
    )


async def in_form(media_type: bytes) -> Got:
    return await answered(
        saying(b"<script>alert(1)</script> HTTP/1.1\r\n\r\n"),
        b"GET / HTTP/1.1\r\nHost: a\r\nAccept: " + media_type + b"\r\n\r\n",
    )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (b"*/*", b"text/plain; charset=utf-8"),
        (BROWSER, b"text/html; charset=utf-8"),
        (b"application/problem+json", b"application/problem+json"),
    ],
)
async def test_the_answer_as_a_whole(accept: bytes, content_type: bytes) -> None:
    got = await in_form(accept)
    assert (got.status, got.value(b"content-type"), got.value(b"cache-control")) == (502, content_type, b"no-store")
    assert got.value(b"content-length") == b"%d" % len(got.content)
    assert got.head.fields.has(b"date")
    assert not got.head.fields.has(b"server")
    assert b"<script" not in got.content
    assert b"gw" in got.content


@pytest.mark.anyio
async def test_the_problem() -> None:
    got = await in_form(b"application/problem+json")
    problem = json.loads(got.content)
    assert problem["title"] == "Bad Gateway"
    assert (problem["status"], problem["gateway"], problem["error"]) == (502, "gw", "http_protocol_error")
    assert problem["next-hop"].startswith("127.")


@pytest.mark.anyio
async def test_an_answer_to_head_has_no_content() -> None:
    async with gateway() as between:
        got = await ask(between, b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert got.status == 500
    assert got.raw.endswith(b"\r\n\r\n")
    assert int(got.value(b"content-length")) > 0


@pytest.mark.anyio
async def test_the_client_connection_survives_an_error_answer() -> None:
    async with gateway() as between, connected(between) as client:
        for _ in range(3):
            assert (await client.ask()).status == 500
