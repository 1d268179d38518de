"""What other people's tests get: plain synchronous fixtures, any client, a check that the fault took effect."""

from pathlib import Path

from tests.pytest_plugin.inner import run_pytest

TESTS = """\
import contextlib
import http.client
import urllib.request
from urllib.parse import urlsplit

import pytest

from lab.pytest_plugin import FaultNotDelivered, playing


@contextlib.contextmanager
def asking(url):
    parts = urlsplit(url)
    with contextlib.closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)) as connection:
        connection.request("GET", "/report")
        with connection.getresponse() as answer:
            yield answer


def test_the_upstream_misbehaves(upstream):
    with asking(upstream("first/broken_promise")) as answer:
        assert answer.status == 200
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


def test_behind_the_reference_gateway_it_is_a_502(upstream, gateway_in_front_of):
    with asking(gateway_in_front_of(upstream("malformed_headers/no_colon"))) as answer:
        assert answer.status == 502
        assert "error=http_protocol_error" in answer.headers["Proxy-Status"]


def test_two_upstreams_at_once(upstream):
    first, second = upstream("first/all_is_well"), upstream("first/not_modified")
    assert first != second
    for url in (first, second):
        with asking(url) as answer:
            assert answer.read() == b"hello"


def test_as_a_context_manager():
    with playing("first/all_is_well") as url:
        with urllib.request.urlopen(url, timeout=5) as answer:
            assert answer.read() == b"hello"


def test_a_fault_that_was_never_met_is_told():
    with pytest.raises(FaultNotDelivered, match="first/garbage"):
        with playing("first/garbage"):
            pass
"""


def test_they_work_in_a_strangers_project(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    ran = run_pytest(tmp_path, "-v", "-p", "no:anyio")
    assert (ran.status, ran.counts["passed"]) == (0, 5), ran.output


def test_an_upstream_that_nobody_met_is_an_error_of_that_test(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text("def test_it(upstream):\n    upstream('first/garbage')\n")
    ran = run_pytest(tmp_path)
    assert ran.counts["error"] == 1, ran.output
    assert "its fault never took effect" in ran.output


def test_an_unknown_scenario_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text("def test_it(upstream):\n    upstream('first/garbaje')\n")
    ran = run_pytest(tmp_path)
    assert ran.counts["failed"] == 1, ran.output
    assert "did you mean first/garbage" in ran.output


def test_the_plugin_costs_a_stranger_nothing_heavy(tmp_path: Path) -> None:
    heavy = {"asyncio", "ssl", "hypercorn", "starlette", "cryptography", "rich"}
    (tmp_path / "test_mine.py").write_text(
        f"import sys\n\ndef test_it():\n    assert {heavy!r} & sys.modules.keys() == set()\n"
    )
    ran = run_pytest(tmp_path, "-p", "no:anyio", "-p", "no:xdist", "-p", "no:unraisableexception")
    assert ran.counts["passed"] == 1, ran.output


def test_of_a_chapter_no_scenario_is_chosen_unasked(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text("def test_it(upstream):\n    upstream('first')\n")
    ran = run_pytest(tmp_path)
    assert ran.counts["failed"] == 1, ran.output
    assert "first is a chapter: name one of its scenarios, such as first/all_is_well" in ran.output
