"""`badgateway gateway --cache`: what it says of itself and of each answer, and what makes no sense."""

from pathlib import Path

import pytest

from tests.cli.door import badgateway, begun, url_told
from tests.cli.sockets import answer
from tests.cli.test_cli_gateway_limits import ANYWHERE, GET, OK, upstream

STORABLE = OK + b"Cache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nhi"
ASKED = GET + b"Connection: close\r\n\r\n"
BEHIND = ("gateway", "--upstream", "http://127.0.0.1:9000")


def test_it_stores_and_says_so() -> None:
    with (
        upstream(STORABLE) as behind,
        begun("gateway", "--upstream", behind, "--listen", ANYWHERE, "--cache", "--log-requests") as running,
    ):
        url = url_told(running)
        assert b"fwd=uri-miss" in answer(url, ASKED)
        assert b"hit" in answer(url, ASKED)
        assert running.stderr is not None
        first, second = running.stderr.readline(), running.stderr.readline()
    assert ": 200, 2 bytes, fwd=uri-miss;" in first
    assert ": 200, 2 bytes, hit;" in second


def test_it_says_how_much_and_where(tmp_path: Path) -> None:
    options = ("--cache", "--cache-size", "32m", "--cache-dir", tmp_path / "kept")
    with begun(*BEHIND, "--listen", ANYWHERE, *options) as running:
        assert running.stderr is not None
        assert f"streaming, caching at most 32 MiB in {tmp_path / 'kept'}, listens on http" in running.stderr.readline()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--cache-size", "1m"), "--cache-size says how to store responses, which --cache alone turns on: add --cache"),
        (("--cache", "--cache-size", "much"), "--cache-size: a size is a number of bytes such as 65536, 64k or 1m"),
        (("--cache", "--target", "a b"), "--target takes the name of a field such as CDN-Cache-Control, not 'a b'"),
    ],
)
def test_what_makes_no_sense_is_one_line(options: tuple[str, ...], says: str) -> None:
    done = badgateway(*BEHIND, *options)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
