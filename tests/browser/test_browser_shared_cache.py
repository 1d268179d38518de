"""A real browser in front of a gateway that has a cache, too: two stores, one behind the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Tab
from tests.browser.standing import HealthyOrigin
from tests.real.programs import Gateway, gateway
from tests.real.static_site import SITES, Site, write_page


@pytest.fixture(scope="module")
def front(origin: HealthyOrigin) -> Iterator[Gateway]:
    with gateway(origin.url, "--cache", "--log-requests") as running:
        yield running


def test_the_304_is_made_by_the_gateway(one_tab: Tab, origin: HealthyOrigin, front: Gateway) -> None:
    first, again = one_tab.visit(f"{front.url}/s-maxage"), one_tab.visit(f"{front.url}/s-maxage")
    assert (first.on_wire, again.on_wire, again.told) == (200, 304, 200)
    assert "if-none-match" in again.sent
    assert len(origin.asked("/s-maxage")) == 1, "the origin does not know of it"


def test_a_502_that_the_gateway_stored_is_not_cured_by_clearing_the_browsers_cache(
    one_tab: Tab, another_tab: Tab, origin: HealthyOrigin, front: Gateway
) -> None:
    url = f"{front.url}/heuristic"
    with origin.failing(b"502 s-maxage=600"):
        assert one_tab.visit(url).on_wire == 502
    one_tab.clear_the_cache()
    assert one_tab.visit(url).on_wire == 502, "the origin is well again, and the browser's cache is empty"
    assert another_tab.visit(url).on_wire == 502, "somebody else gets it, too"
    assert len(origin.asked("/heuristic")) == 1
    assert one_tab.reload().on_wire == 200, "a reload says max-age=0, and the gateway has to ask"
    assert [each["status"] for each in origin.asked("/heuristic")] == [502, 200]
    assert another_tab.visit(url).on_wire == 200


@pytest.mark.parametrize(("path", "status"), [("/stale-if-error", 304), ("/must-revalidate", 503)])
def test_whether_a_stored_copy_saves_the_visitor_is_for_the_origin_to_say(
    one_tab: Tab, origin: HealthyOrigin, front: Gateway, path: str, status: int
) -> None:
    url = f"{front.url}{path}"
    assert one_tab.visit(url).on_wire == 200
    with origin.failing(b"503"):
        again = one_tab.visit(url)
    assert (again.on_wire, "if-none-match" in again.sent) == (status, True)
    assert [each["status"] for each in origin.asked(path)] == [200, 503], "in both cases it was asked, and failed"


@pytest.mark.parametrize("site", SITES[:1])
def test_an_ordinary_site(one_tab: Tab, another_tab: Tab, site: Site, tmp_path: Path) -> None:
    write_page(tmp_path)
    with site(tmp_path) as upstream, gateway(upstream.url, "--cache", "--log-requests") as front:
        url = f"{front.url}/page.html"
        assert one_tab.visit(url).on_wire == 200
        assert one_tab.visit(url).on_wire is None, "the browser guesses that it is fresh"
        assert another_tab.visit(url).on_wire == 200
        assert one_tab.reload().on_wire == 304
        assert one_tab.text == another_tab.text == "Written long ago."
        first, second, reloaded = (line for line in front.log if "GET /page.html " in line)
        assert "fwd=uri-miss" in first
        assert "hit" in second
        assert "fwd-status=304" in reloaded
