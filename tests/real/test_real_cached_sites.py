"""The gateway with a cache in front of ordinary sites, asked by curl: 304s where they are due."""

from pathlib import Path

import pytest

from tests.real.curl import curl
from tests.real.programs import gateway
from tests.real.static_site import PAGE, SITES, Site, write_page


@pytest.mark.parametrize("site", SITES)
def test_one_fetch_feeds_many(site: Site, tmp_path: Path) -> None:
    write_page(tmp_path)
    with site(tmp_path) as upstream, gateway(upstream.url, "--cache") as front:
        url = f"{front.url}/page.html"
        first, again = curl(url), curl(url)
        assert first.content == again.content == PAGE.encode()
        assert "fwd=uri-miss" in first.value("Cache-Status")
        assert "hit" in again.value("Cache-Status")
        assert int(again.value("Age")) >= 0

        known = "--header", f"If-Modified-Since: {first.value('Last-Modified')}"
        mine = curl(*known, url)
        assert (mine.status, mine.content) == (304, b"")
        assert "hit" in mine.value("Cache-Status")
        if etag := first.value("ETag"):
            assert curl("--header", f"If-None-Match: {etag}", url).status == 304
        assert curl("--range", "0-8", url).content == PAGE.encode()[:9]
        assert curl("--head", url).value("Content-Length") == str(len(PAGE))

        insisting = curl("--header", "Cache-Control: no-cache", url)
        assert insisting.content == PAGE.encode()
        assert "fwd-status=304" in insisting.value("Cache-Status"), "the gateway asks with what it has"
        reloading = curl("--header", "Cache-Control: max-age=0", *known, url)
        assert reloading.status == 304, "both copies are validated by one question"
        assert "fwd-status=304" in reloading.value("Cache-Status")


@pytest.mark.parametrize("site", SITES)
def test_a_page_that_has_changed_is_had_anew(site: Site, tmp_path: Path) -> None:
    write_page(tmp_path)
    with site(tmp_path) as upstream, gateway(upstream.url, "--cache") as front:
        url = f"{front.url}/page.html"
        curl(url)
        (tmp_path / "page.html").write_text("Written today.")
        assert curl(url).content == PAGE.encode(), "a cache may guess that what is old stays"
        insisting = curl("--header", "Cache-Control: no-cache", url)
        assert (insisting.status, insisting.content) == (200, b"Written today.")
        assert curl(url).content == b"Written today."
