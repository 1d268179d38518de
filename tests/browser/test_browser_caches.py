"""A real browser in front of the gateway, without and with a cache: what its own cache does, what clearing that cures,
and how it tells of a broken promise. What the browser says stands beside what the upstream and the gateway saw."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Seen, Tab
from tests.browser.standing import HealthyOrigin, broken_upstream, fields
from tests.real.programs import Gateway, gateway, reserved_address
from tests.real.static_site import SITES, Site, write_page


@pytest.fixture(scope="module")
def front(origin: HealthyOrigin) -> Iterator[Gateway]:
    with gateway(origin.url) as running:
        yield running


@pytest.fixture(scope="module")
def caching(origin: HealthyOrigin) -> Iterator[Gateway]:
    """Two stores, one behind the other."""
    with gateway(origin.url, "--cache", "--log-requests") as running:
        yield running


def told_by(front: Gateway, pattern: str, ask: Callable[[], Seen]) -> Seen:
    """What the browser says of a request of which the gateway, too, says something in a line with this pattern."""
    before = len(front.said)
    seen = ask()
    front.says(pattern, since=before)
    return seen


def test_the_browsers_own_cache_asks_and_is_told_304(one_tab: Tab, origin: HealthyOrigin, front: Gateway) -> None:
    first, again = one_tab.visit(f"{front.url}/news"), one_tab.visit(f"{front.url}/news")
    assert (first.on_wire, first.told) == (200, 200)
    assert (again.on_wire, again.told) == (304, 200), "the page is never told"
    assert one_tab.text == "Nothing has happened yet.\n"
    seen = origin.asked("/news")
    assert [each["status"] for each in seen] == [200, 304]
    assert fields(seen[1])["if-none-match"] == again.sent["if-none-match"]
    assert fields(seen[1])["if-modified-since"] == again.sent["if-modified-since"]
    assert seen[1]["octets"] == 0

    origin.change("/news", b"At last.\n")
    changed = one_tab.visit(f"{front.url}/news")
    assert (changed.on_wire, one_tab.text) == (200, "At last.\n")
    assert changed.sent["if-none-match"] == again.sent["if-none-match"]


def test_what_is_fresh_is_asked_of_nobody(one_tab: Tab, origin: HealthyOrigin, front: Gateway) -> None:
    first, again = one_tab.visit(f"{front.url}/max-age"), one_tab.visit(f"{front.url}/max-age")
    assert (first.on_wire, again.on_wire, again.told, again.sent) == (200, None, 200, {})
    assert len(origin.asked("/max-age")) == 1
    reloaded = one_tab.reload()
    assert (reloaded.on_wire, reloaded.sent["cache-control"]) == (304, "max-age=0")
    assert len(origin.asked("/max-age")) == 2


def test_clearing_the_browsers_cache_cures_no_502(one_tab: Tab) -> None:
    with reserved_address() as nobody, gateway(f"http://{nobody}") as front:
        url = f"{front.url}/report"
        tried = "^GET /report .*connection_refused"
        assert told_by(front, tried, lambda: one_tab.visit(url)).on_wire == 502
        assert "502 Bad Gateway" in one_tab.text
        assert "not by the upstream behind it" in one_tab.text
        one_tab.clear_the_cache()
        assert told_by(front, tried, lambda: one_tab.visit(url)).on_wire == 502
        assert told_by(front, tried, one_tab.reload).on_wire == 502
        with HealthyOrigin(nobody) as origin:
            assert one_tab.visit(url).on_wire == 200, "the upstream came back: nothing else was done"
            assert one_tab.text == "All is well.\n"
            assert len(origin.asked("/report")) == 1


def test_a_502_that_the_browser_stored_is_cured_by_clearing_its_cache(
    one_tab: Tab, origin: HealthyOrigin, front: Gateway
) -> None:
    url = f"{front.url}/heuristic"
    with origin.failing(b"502 max-age=60"):
        assert one_tab.visit(url).on_wire == 502
    stored = one_tab.visit(url)
    assert (stored.on_wire, stored.told) == (None, 502), "the origin is well again, and nobody asked it"
    assert len(origin.asked("/heuristic")) == 1
    one_tab.clear_the_cache()
    assert one_tab.visit(url).on_wire == 200
    assert [each["status"] for each in origin.asked("/heuristic")] == [502, 200]


def test_a_502_without_freshness_is_not_stored(one_tab: Tab, origin: HealthyOrigin, front: Gateway) -> None:
    url = f"{front.url}/public"
    with origin.failing(b"502"):
        assert one_tab.visit(url).on_wire == 502
    assert one_tab.visit(url).on_wire == 200
    assert [each["status"] for each in origin.asked("/public")] == [502, 200]


@pytest.mark.parametrize(
    ("scenario", "options", "failure"),
    [
        ("content_length_short", (), "net::ERR_CONTENT_LENGTH_MISMATCH"),
        ("last_chunk_missing", (), "net::ERR_INCOMPLETE_CHUNKED_ENCODING"),
        ("content_length_short", ("--tls",), "net::ERR_HTTP2_PROTOCOL_ERROR"),
    ],
)
def test_a_broken_promise_is_told_by_its_name(
    one_tab: Tab, scenario: str, options: tuple[str, ...], failure: str
) -> None:
    """To the user the page is just empty, and 200: only the network panel says what went wrong."""
    with broken_upstream(f"truncated_bodies/{scenario}") as upstream, gateway(upstream.url, *options) as front:
        seen = one_tab.visit(f"{front.url}/report")
        assert (seen.on_wire, seen.told, seen.failure) == (200, 200, failure)
        assert one_tab.text == ""
        assert "aborted: http_response_incomplete" in front.logged(1)[0]


def test_the_304_is_made_by_the_gateway(one_tab: Tab, origin: HealthyOrigin, caching: Gateway) -> None:
    first, again = one_tab.visit(f"{caching.url}/s-maxage"), one_tab.visit(f"{caching.url}/s-maxage")
    assert (first.on_wire, again.on_wire, again.told) == (200, 304, 200)
    assert "if-none-match" in again.sent
    assert len(origin.asked("/s-maxage")) == 1, "the origin does not know of it"


def test_a_502_that_the_gateway_stored_is_not_cured_by_clearing_the_browsers_cache(
    one_tab: Tab, another_tab: Tab, origin: HealthyOrigin, caching: Gateway
) -> None:
    url = f"{caching.url}/etag/strong"
    with origin.failing(b"502 s-maxage=600"):
        assert one_tab.visit(url).on_wire == 502
    one_tab.clear_the_cache()
    assert one_tab.visit(url).on_wire == 502, "the origin is well again, and the browser's cache is empty"
    assert another_tab.visit(url).on_wire == 502, "somebody else gets it, too"
    assert len(origin.asked("/etag/strong")) == 1
    assert one_tab.reload().on_wire == 200, "a reload says max-age=0, and the gateway has to ask"
    assert [each["status"] for each in origin.asked("/etag/strong")] == [502, 200]
    assert another_tab.visit(url).on_wire == 200


@pytest.mark.parametrize(("path", "status"), [("/stale-if-error", 304), ("/must-revalidate", 503)])
def test_whether_a_stored_copy_saves_the_visitor_is_for_the_origin_to_say(
    one_tab: Tab, origin: HealthyOrigin, caching: Gateway, path: str, status: int
) -> None:
    url = f"{caching.url}{path}"
    assert one_tab.visit(url).on_wire == 200
    with origin.failing(b"503"):
        again = one_tab.visit(url)
    assert (again.on_wire, "if-none-match" in again.sent) == (status, True)
    assert [each["status"] for each in origin.asked(path)] == [200, 503], "in both cases it was asked, and failed"


@pytest.mark.parametrize("site", SITES)
def test_an_ordinary_site(one_tab: Tab, another_tab: Tab, site: Site, tmp_path: Path) -> None:
    write_page(tmp_path)
    with site(tmp_path) as upstream, gateway(upstream.url, "--cache", "--log-requests") as front:
        url = f"{front.url}/page.html"
        page = r"GET /page\.html .*"
        assert told_by(front, f"{page}fwd=uri-miss", lambda: one_tab.visit(url)).on_wire == 200
        assert one_tab.visit(url).on_wire is None, "the browser guesses that it is fresh"
        assert told_by(front, f"{page}hit", lambda: another_tab.visit(url)).on_wire == 200
        assert told_by(front, f"{page}fwd-status=304", one_tab.reload).on_wire == 304
        assert one_tab.text == another_tab.text == "Written long ago."
