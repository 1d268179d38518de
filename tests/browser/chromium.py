"""Debian's Chromium: a tab with an empty cache of its own, and what the browser says of each request that it makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from tests.real.programs import DEADLINE, needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


@contextmanager
def chromium() -> Iterator["Browser"]:
    """The browser, for as long as the block lasts; skips where it, or what drives it, is missing."""
    path = needed("chromium")
    driver = pytest.importorskip("playwright.sync_api", reason="no playwright (pip install '.[browser]')")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Seen:
    """What the browser says of one request.

    sent      the fields that it sent, by their names in lower case; none where it asked nobody
    on_wire   the status code that came; None: nothing came, for the browser had a copy
    told      the status code that the page is told
    failure   how it failed, such as net::ERR_EMPTY_RESPONSE; empty: it did not
    """

    url: str
    sent: dict[str, str] = field(default_factory=dict)
    on_wire: int | None = None
    told: int | None = None
    failure: str = ""
    ended: bool = False
    more_comes: bool = False

    @property
    def over(self) -> bool:
        return self.ended and not (self.more_comes and self.on_wire is None)


class Tab:
    """A tab. What it asks for is told once it is over: `visit` and `reload` wait for that, and for nothing else."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self._network = page.context.new_cdp_session(page)
        assert page.context.browser is not None
        self._browser = page.context.browser.new_browser_cdp_session()
        self._seen: dict[str, Seen] = {}
        for event, note in (
            ("requestWillBeSent", self._will_be_sent), ("requestWillBeSentExtraInfo", self._sent),
            ("responseReceived", self._received), ("responseReceivedExtraInfo", self._on_wire),
            ("loadingFinished", self._finished), ("loadingFailed", self._failed),
        ):  # fmt: skip
            self._network.on(f"Network.{event}", note)
        self._network.send("Network.enable")

    @property
    def text(self) -> str:
        """What stands on the page; nothing where the browser made no document of what came."""
        return str(self.page.evaluate("document.body ? document.body.innerText : ''"))

    def visit(self, url: str) -> Seen:
        """Go there, as by a link."""
        before = len(self._of(url))
        self.page.goto(url, wait_until="commit")
        return self._newest(url, before)

    def reload(self) -> Seen:
        """The button."""
        before = len(self._of(self.page.url))
        self.page.reload(wait_until="commit")
        return self._newest(self.page.url, before)

    def clear_the_cache(self) -> None:
        """As the settings of a browser do it."""
        self._network.send("Network.clearBrowserCache")

    def _newest(self, url: str, before: int) -> Seen:
        deadline = monotonic() + DEADLINE
        while not (len(found := self._of(url)) > before and found[-1].over):
            assert monotonic() < deadline, found
            self._browser.send("Browser.getVersion")  # events come while an answer is waited for
        return found[-1]

    def _of(self, url: str) -> list[Seen]:
        return [seen for seen in self._seen.values() if seen.url == url]

    def _request(self, event: dict[str, Any]) -> Seen:
        return self._seen.setdefault(event["requestId"], Seen(""))

    def _will_be_sent(self, event: dict[str, Any]) -> None:
        self._request(event).url = event["request"]["url"]

    def _sent(self, event: dict[str, Any]) -> None:
        self._request(event).sent = {name.lower(): value for name, value in event["headers"].items()}

    def _received(self, event: dict[str, Any]) -> None:
        self._request(event).told = event["response"]["status"]
        self._request(event).more_comes = event["hasExtraInfo"]

    def _on_wire(self, event: dict[str, Any]) -> None:
        self._request(event).on_wire = event["statusCode"]

    def _finished(self, event: dict[str, Any]) -> None:
        self._request(event).ended = True

    def _failed(self, event: dict[str, Any]) -> None:
        self._request(event).failure = event["errorText"]
        self._request(event).ended = True


@contextmanager
def tab(browser: "Browser") -> Iterator[Tab]:
    context = browser.new_context(ignore_https_errors=True, locale="en")
    try:
        yield Tab(context.new_page())
    finally:
        context.close()
