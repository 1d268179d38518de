"""The healthy origin, asked and answering in raw bytes."""

import asyncio
import json

import pytest

from lab.origin import Asked, Origin
from lab.serving.server import serving
from lab.serving.sockets import listening_socket
from tests.origin.wire_of_origin import ask

pytestmark = pytest.mark.anyio

NOW = 784_200_000.5  # Mon, 07 Nov 1994 09:20:00 GMT and a half
DATE = b"Mon, 07 Nov 1994 09:20:00 GMT"
WRITTEN = b"Sun, 06 Nov 1994 08:49:37 GMT"


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
        b"accept-ranges": b"bytes",
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
        (b"PUT /report", b"405", {b"GET", b"HEAD", b"OPTIONS"}),
        (b"POST /news", b"405", {b"GET", b"HEAD", b"OPTIONS", b"PUT"}),
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


async def test_a_post_adds_to_another_resource_and_says_so() -> None:
    changing = origin()
    status, fields, _ = await ask(changing, b"POST /letters", content=b"Dear lab.")
    assert (status, fields[b"location"]) == (b"303", b"/news")
    assert (await ask(changing, b"GET /news"))[2] == b"Nothing has happened yet.\nDear lab.\n"


async def test_a_part_cannot_be_put() -> None:
    """RFC 9110, 14.5."""
    changing = origin()
    assert (await ask(changing, b"PUT /news", b"Content-Range: bytes 0-0/2", content=b"x"))[0] == b"400"
    assert changing.resources["/news"] == origin().resources["/news"]


@pytest.mark.parametrize(
    ("line", "status", "fields"),
    [
        (b"OPTIONS /news", b"204", {b"allow": b"GET, HEAD, OPTIONS, PUT"}),
        (b"OPTIONS *", b"204", {b"allow": b"GET, HEAD, OPTIONS, PUT, POST"}),
        (b"BREW /news", b"501", {}),
        (b"GET /status/503", b"503", {b"content-type": b"text/plain; charset=utf-8"}),
        (b"GET /status/502?max-age=60,public", b"502", {b"cache-control": b"max-age=60,public"}),
        (b"GET /status/502?x%0d%0ay", b"502", {}),
        (b"GET /status/204", b"404", {}),
        (b"GET /bytes/70000?no-store", b"200", {b"cache-control": b"no-store", b"content-length": b"70000"}),
        (b"GET /bytes/9999999999999", b"404", {}),
        (b"GET /?x", b"200", {b"content-type": b"text/html; charset=utf-8"}),
    ],
)
async def test_what_else_can_be_asked(line: bytes, status: bytes, fields: dict[bytes, bytes]) -> None:
    got, found, _ = await ask(origin(), line)
    assert (got, fields.items() <= found.items()) == (status, True)
    assert b"cache-control" in fields or b"x%0d" not in line or b"cache-control" not in found


async def test_a_head_of_any_size_is_answered_at_once() -> None:
    status, fields, content = await ask(origin(), b"HEAD /bytes/1099511627776")
    assert (status, fields[b"content-length"], content) == (b"200", b"1099511627776", b"")


async def test_a_range_of_much_content() -> None:
    status, fields, content = await ask(origin(), b"GET /bytes/1099511627776", b"Range: bytes=65536-200000")
    assert (status, fields[b"content-range"]) == (b"206", b"bytes 65536-200000/1099511627776")
    assert len(content) == 134_465
    assert content.startswith(b"block       1\n")
    assert content[65_536:].startswith(b"block       2\n")


async def test_what_it_was_asked_is_counted_and_told() -> None:
    told: list[Asked] = []
    counting = Origin(clock=lambda: NOW, tell=told.append)
    etag = (await ask(counting, b"GET /report"))[1][b"etag"].decode()
    await ask(counting, b"HEAD /report?x=%20", b"If-None-Match: " + etag.encode(), b"Cache-Control: no-cache")
    first = Asked("GET", "/report", (), 200, 13)
    second = Asked("HEAD", "/report?x=%20", (("If-None-Match", etag), ("Cache-Control", "no-cache")), 304, 0)
    assert (counting.count, list(counting.asked), told) == (2, [first, second], [first, second])
    assert second.get("if-none-match") == etag
    status, fields, content = await ask(counting, b"GET /_asked")
    assert (status, fields[b"cache-control"]) == (b"200", b"no-store")
    assert json.loads(content) == {"count": 2, "requests": json.loads(json.dumps([first.record, second.record]))}
    assert (await ask(counting, b"DELETE /_asked"))[0] == b"204"
    assert (counting.count, list(counting.asked)) == (0, [])


async def test_a_bad_day_begins_and_ends() -> None:
    failing = origin()
    for wrong in (b"", b"200", b"50", b"6000", b"502 x y", b"502 a\r\nb"):
        assert (await ask(failing, b"PUT /_failing", content=wrong))[0] == b"400"
    assert (await ask(failing, b"GET /report"))[0] == b"200"
    assert (await ask(failing, b"PUT /_failing", content=b"503"))[0] == b"204"
    assert (await ask(failing, b"GET /report", b"If-None-Match: *"))[0] == b"503"
    assert (await ask(failing, b"PUT /_failing", content=b"502 max-age=60"))[0] == b"204"
    status, fields, _ = await ask(failing, b"GET /nowhere")
    assert (status, fields[b"cache-control"]) == (b"502", b"max-age=60")
    assert (await ask(failing, b"DELETE /_failing"))[0] == b"204"
    assert (await ask(failing, b"GET /report"))[0] == b"200"


async def test_a_client_that_leaves_ends_the_answer() -> None:
    """Hypercorn tells nobody: without a look at the client, a TiB would be made for none."""
    async with serving(origin().application, listening_socket()) as server:
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(b"GET /bytes/1099511627776 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert await asyncio.wait_for(reader.readexactly(1_000_000), 5)
        busy = [task for task in asyncio.all_tasks() if task.get_name() == "client connection"]
        writer.transport.abort()
        ended, _ = await asyncio.wait(busy, timeout=5)
        assert ended == set(busy) != set()
