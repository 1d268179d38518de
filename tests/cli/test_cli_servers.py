"""`gateway` and `upstream`: they say where they listen, serve anybody, and end when they are told to."""

import http.client
import re
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lab.cli.gateway import HEADINGS
from tests.cli import stories
from tests.cli.door import DEADLINE, badgateway, begun, url_told
from tests.cli.test_cli_run import folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")

ANYWHERE = "127.0.0.1:0"


def asked(url: str) -> tuple[int, bytes]:
    """What an ordinary client gets: the status and the content, as far as it came."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=DEADLINE)
    try:
        connection.request("GET", "/report")
        response = connection.getresponse()
        try:
            return response.status, response.read()
        except http.client.IncompleteRead as cut:
            return response.status, cut.partial
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_upstream_and_a_gateway_in_two_terminals(number: int) -> None:
    with begun("upstream", "first/broken_promise", "--listen", ANYWHERE) as upstream:
        behind = url_told(upstream)
        with begun("gateway", "--upstream", behind, "--listen", ANYWHERE) as gateway:
            front = url_told(gateway).rstrip(",")
            for _ in range(2):
                assert asked(front) == (200, b"hello")
            gateway.send_signal(number)
            _, said = gateway.communicate(timeout=DEADLINE)
            assert gateway.returncode == 0
            assert "http_response_incomplete" in said
        upstream.send_signal(number)
        _, said = upstream.communicate(timeout=DEADLINE)
        assert upstream.returncode == 0
        assert "TAKES EFFECT  15 bytes are missing" in said
        assert "Traceback" not in said


def test_the_gateway_can_hold_back_what_may_break() -> None:
    with begun("upstream", "first/broken_promise", "--listen", ANYWHERE) as upstream:
        behind = url_told(upstream)
        with begun("gateway", "--upstream", behind, "--listen", ANYWHERE, "--buffer", "64k") as gateway:
            status, content = asked(url_told(gateway))
    assert status == 502
    assert b"hello" not in content


@pytest.mark.parametrize(
    ("scenario", "says"),
    [
        ("first/all_is_well", r"127\.0\.0\.1:\d+ GET /report HTTP/1\.1: 200, \d+ bytes, \d+ ms$"),
        ("first/garbage", r"GET /report HTTP/1\.1: 502, [\d,]+ bytes, \d+ ms$"),
        ("first/broken_promise", r"GET /report HTTP/1\.1: 200, 5 bytes, incomplete, \d+ ms$"),
    ],
)
@pytest.mark.parametrize("told", [True, False])
def test_every_answer_is_told_of_if_asked_for(scenario: str, says: str, told: bool) -> None:
    with begun("upstream", scenario, "--listen", ANYWHERE) as upstream:
        options = ["--log-requests"] if told else []
        with begun("gateway", "--upstream", url_told(upstream), "--listen", ANYWHERE, *options) as gateway:
            asked(url_told(gateway))
            gateway.send_signal(signal.SIGTERM)
            said = gateway.communicate(timeout=DEADLINE)[1]
    assert bool(re.search(says, said, re.MULTILINE)) is told, said


def test_the_help_of_the_gateway_stands_under_headings() -> None:
    """Each option once; under no heading of its own is nothing but --help."""
    said = badgateway("gateway", "--help").stdout
    assert len(re.findall(r"^  --upstream URL", said, re.MULTILINE)) == 1
    assert re.search(r"\nOptions:\n  -h, --help  .*\n$", said)
    for heading in HEADINGS:
        assert f"\n{heading}:\n  --" in said


def test_the_help_says_which_answers_are_told_of_without_their_client() -> None:
    said = " ".join(badgateway("gateway", "--help").stdout.split())
    assert "refused (such as by 400 or 408) is told of as a failure alone" in said


def test_for_one_upstream_no_other_scenario_is_read(tmp_path: Path) -> None:
    mine = folder(tmp_path, good=stories.KEEPS, other=f"open({str(tmp_path / 'read')!r}, 'w')")
    with begun("upstream", "mine/good", "--scenarios", mine, "--listen", ANYWHERE) as upstream:
        assert asked(url_told(upstream)) == (200, b"ok")
    assert not (tmp_path / "read").exists()


def test_time_outs_are_passed_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        upstream = f"http://127.0.0.1:{silent.getsockname()[1]}"
        times = ("--first-byte-timeout", "0.1", "--connect-timeout", "5")
        with begun("gateway", "--upstream", upstream, "--listen", ANYWHERE, *times) as gateway:
            assert asked(url_told(gateway))[0] == 504


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        for args in (
            ("gateway", "--upstream", "http://127.0.0.1:1", "--listen", address),
            ("upstream", "first/garbage", "--listen", address),
            ("run", "first/garbage", "--gateway-url", "http://127.0.0.1:1", "--upstream-listen", address),
        ):
            done = badgateway(*args)
            assert done.returncode == 2
            assert done.stderr.startswith("badgateway: ")
            assert done.stderr.count("\n") == 1
            assert address in done.stderr


def test_the_catalogue_is_played_through_a_gateway_that_already_runs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        expected = f"127.0.0.1:{held.getsockname()[1]}"
    with begun("gateway", "--upstream", f"http://{expected}", "--listen", ANYWHERE) as gateway:
        front = url_told(gateway)
        there = "--gateway-url", front, "--upstream-listen", expected
        done = badgateway("run", "first", *there)
        stores = badgateway("run", "caching_304/ask_each_time", "first/garbage", *there)
    assert done.stderr == ""
    assert done.returncode == 0
    assert "7 performances on running in " in done.stdout
    assert "does not apply: 1" in stores.stdout
    assert stores.stderr.startswith("1 of 2 are about stores: they need one that is empty, ")


def test_a_gateway_that_is_not_there_is_told_before_anything_is_played() -> None:
    done = badgateway("run", "first/garbage", "--gateway-url", "http://127.0.0.1:1", "--upstream-listen", "127.0.0.1:0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("badgateway: the gateway cannot be asked at 127.0.0.1:1: ")
    assert done.stderr.count("\n") == 1
