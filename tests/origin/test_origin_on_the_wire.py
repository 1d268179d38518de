"""The healthy origin, asked and answering in raw bytes."""

import asyncio

import pytest

from lab.origin import Origin
from lab.serving.server import serving
from lab.serving.sockets import listening_socket

pytestmark = pytest.mark.anyio

NOW = 784_200_000.5  # Mon, 07 Nov 1994 09:20:00 GMT and a half
DATE = b"Mon, 07 Nov 1994 09:20:00 GMT"
WRITTEN = b"Sun, 06 Nov 1994 08:49:37 GMT"


async def ask(
    origin: Origin, line: bytes, *fields: bytes, content: bytes = b""
) -> tuple[bytes, dict[bytes, bytes], bytes]:
    """Status code, fields by their names in lower case, and content."""
    length = [b"Content-Length: %d" % len(content)] if content else []
    lines = [line + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *length, *fields, b"", content]
    async with serving(origin.application, listening_socket()) as server:
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(b"\r\n".join(lines))
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *field_lines = head.split(b"\r\n")
    assert status.startswith(b"HTTP/1.1 ")
    found = [(name.lower(), value.strip()) for name, _, value in (field.partition(b":") for field in field_lines)]
    assert len(found) == len(dict(found)), found
    return status[9:12], dict(found), body


def origin() -> Origin:
    return Origin(clock=lambda: NOW)


async def test_a_resource_with_validators_freshness_and_date() -> None:
    status, fields, content = await ask(origin(), b"GET /report")
    assert (status, content) == (b"200", b"All is well.\n")
    assert fields == {
        b"content-length": b"13",
        b"content-type": b"text/plain; charset=utf-8",
        b"etag": fields[b"etag"],
        b"last-modified": WRITTEN,
        b"cache-control": b"max-age=3600",
        b"date": DATE,
        b"connection": b"close",
    }
    assert fields[b"etag"].startswith(b'"')


async def test_head_is_get_without_content() -> None:
    got, head = await ask(origin(), b"GET /report"), await ask(origin(), b"HEAD /report")
    assert head == (got[0], got[1], b"")


async def test_the_same_content_has_the_same_entity_tag_in_every_origin() -> None:
    first, second = await ask(origin(), b"GET /report"), await ask(origin(), b"GET /report")
    assert first == second


@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
async def test_not_modified_by_entity_tag(method: bytes) -> None:
    etag = (await ask(origin(), b"GET /report"))[1][b"etag"]
    status, fields, content = await ask(
        origin(), method + b" /report", b'If-None-Match: "x"', b"If-None-Match: W/" + etag
    )
    assert (status, content) == (b"304", b"")
    assert fields == {b"etag": etag, b"cache-control": b"max-age=3600", b"date": DATE, b"connection": b"close"}


async def test_not_modified_by_any_entity_tag() -> None:
    assert (await ask(origin(), b"GET /report", b"If-None-Match: *"))[0] == b"304"


async def test_not_modified_by_date() -> None:
    assert (await ask(origin(), b"GET /report", b"If-Modified-Since: " + WRITTEN))[0] == b"304"


async def test_the_entity_tag_wins_over_the_date() -> None:
    answer = await ask(origin(), b"GET /report", b'If-None-Match: "x"', b"If-Modified-Since: " + WRITTEN)
    assert answer[0] == b"200"


async def test_a_resource_that_is_changed_has_other_validators() -> None:
    changing = origin()
    _, before, _ = await ask(changing, b"GET /news")
    status, fields, content = await ask(changing, b"PUT /news", b"If-Match: " + before[b"etag"], content=b"At last.\n")
    assert (status, content) == (b"204", b"")
    _, after, content = await ask(changing, b"GET /news", b"If-None-Match: " + before[b"etag"])
    assert content == b"At last.\n"
    assert after[b"etag"] == fields[b"etag"] != before[b"etag"]
    assert (before[b"last-modified"], after[b"last-modified"]) == (WRITTEN, DATE)


async def test_a_change_from_within() -> None:
    changing = origin()
    changing.change("/report", b"All is different.\n")
    assert (await ask(changing, b"GET /report", b"If-Modified-Since: " + WRITTEN))[2] == b"All is different.\n"


async def test_origins_do_not_share_their_changes() -> None:
    origin().change("/news", b"")
    assert (await ask(origin(), b"GET /news"))[2] == b"Nothing has happened yet.\n"


async def test_a_lost_update_is_prevented() -> None:
    changing = origin()
    assert (await ask(changing, b"PUT /news", b'If-Match: "x"', content=b"lost"))[0] == b"412"
    assert (await ask(changing, b"PUT /news", b"If-None-Match: *", content=b"lost"))[0] == b"412"
    assert (await ask(changing, b"GET /news"))[2] == b"Nothing has happened yet.\n"


async def test_content_that_is_too_large_changes_nothing() -> None:
    changing = origin()
    assert (await ask(changing, b"PUT /news", content=bytes(1_048_577)))[0] == b"413"
    assert (await ask(changing, b"GET /news"))[2] == b"Nothing has happened yet.\n"


@pytest.mark.parametrize(
    ("line", "status", "allow"),
    [
        (b"GET /nothing", b"404", None),
        (b"PUT /report", b"405", {b"GET", b"HEAD"}),
        (b"POST /news", b"405", {b"GET", b"HEAD", b"PUT"}),
    ],
)
async def test_errors_have_a_date_and_say_what_is_allowed(line: bytes, status: bytes, allow: set[bytes] | None) -> None:
    """RFC 9110, 6.6.1 and 15.5.6. Preconditions do not count there (13.2.1)."""
    got, fields, _ = await ask(origin(), line, b"If-None-Match: *")
    assert (got, fields[b"date"]) == (status, DATE)
    allowed = fields.get(b"allow")
    assert (set(allowed.split(b", ")) if allowed is not None else None) == allow


async def test_a_modification_in_the_future_is_said_to_be_now() -> None:
    """RFC 9110, 8.8.2.1."""
    early = Origin(clock=lambda: 1_000.0)
    assert (await ask(early, b"GET /report"))[1][b"last-modified"] == b"Thu, 01 Jan 1970 00:16:40 GMT"
