"""`badgateway gateway --strict | --lenient`, and the time-outs towards clients."""

import pytest

from tests.cli.door import badgateway, begun, url_told
from tests.cli.sockets import answer
from tests.cli.test_cli_gateway_limits import ANYWHERE, GET, OK, upstream

SPACED = OK + b"Content-Length : 2\r\n\r\nhi"
ASKED = GET + b"Connection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("option", "status", "said"),
    [("--strict", 502, "http_protocol_error"), ("--lenient", 200, "repaired: space-before-colon")],
)
def test_what_is_wrong_is_refused_or_repaired_and_told(option: str, status: int, said: str) -> None:
    with upstream(SPACED) as behind, begun("gateway", "--upstream", behind, "--listen", ANYWHERE, option) as running:
        got = answer(url_told(running), ASKED)
        assert running.stderr is not None
        line = running.stderr.readline()
    assert got.startswith(b"HTTP/1.1 %d " % status)
    assert said in line


def test_one_of_both() -> None:
    done = badgateway("gateway", "--upstream", "http://127.0.0.1:9000", "--strict", "--lenient")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "exclude each other" in done.stderr


def test_a_client_that_is_too_slow_for_its_time_out() -> None:
    options = ("--upstream", "http://127.0.0.1:9000", "--listen", ANYWHERE, "--client-header-timeout", "0.1")
    with begun("gateway", *options) as running:
        assert answer(url_told(running), GET).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("seconds", ["0", "nan"])
def test_a_time_out_is_a_time(seconds: str) -> None:
    done = badgateway("gateway", "--upstream", "http://127.0.0.1:9000", "--client-idle-timeout", seconds)
    assert done.returncode == 2
    assert "the idle time-out towards clients takes a number of seconds above 0" in done.stderr
