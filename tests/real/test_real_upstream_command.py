"""`badgateway upstream SCENARIO` for curl, directly and with `badgateway gateway` between them."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.real.curl import curl
from tests.real.programs import Program, gateway

TEXT = ("--header", "Accept: text/plain")


@dataclass(frozen=True)
class Playing:
    """`ca`: the file with the authority of its certificates, where it has any."""

    program: Program
    url: str
    ca: str


@contextlib.contextmanager
def playing(scenario: str, **environment: str) -> Iterator[Playing]:
    """The scenario's upstream, ended by Ctrl-C; it has to exit with 0, whatever it played."""
    command = (sys.executable, "-m", "lab", "upstream", scenario, "--listen", "127.0.0.1:0")
    with Program(*command, **environment) as program:
        url = program.says(rf"^{scenario}\S* plays at (\S+?),? ")[1]
        ca = program.says(r"authority lies in (\S+) ")[1] if url.startswith("https:") else ""
        yield Playing(program, url, ca)
        program.signal(signal.SIGINT)
        assert program.ended() == 0
        assert not any("Traceback" in line for line in program.said)


@pytest.mark.parametrize(
    ("scenario", "exit_status", "status"),
    [
        ("connections/closed_at_once", 52, 0),  # CURLE_GOT_NOTHING
        ("malformed_headers/no_colon", 8, 200),  # CURLE_WEIRD_SERVER_REPLY
        ("truncated_bodies/content_length_short_reset_later", 56, 200),  # CURLE_RECV_ERROR
        ("truncated_bodies/last_chunk_missing", 18, 200),  # CURLE_PARTIAL_FILE
    ],
)
def test_asked_by_curl(scenario: str, exit_status: int, status: int) -> None:
    with playing(scenario) as upstream:
        ask_twice(upstream, exit_status, status)


def ask_twice(upstream: Playing, exit_status: int, status: int) -> None:
    """It plays again for each connection."""
    trust = ("--cacert", upstream.ca) if upstream.ca else ()
    for _ in range(2):
        answer = curl(*trust, f"{upstream.url}/report")
        assert (answer.exit, answer.status) == (exit_status, status)


@pytest.mark.parametrize(
    ("scenario", "alone", "through", "error"),
    [
        ("first/all_is_well", (0, 200), (0, 200), ""),
        ("first/broken_promise", (18, 200), (18, 200), ""),
        ("first/garbage", (1, 0), (0, 502), "http_protocol_error"),  # CURLE_UNSUPPORTED_PROTOCOL: as if HTTP/0.9
        ("first/nobody_home", (7, 0), (0, 502), "connection_refused"),  # CURLE_COULDNT_CONNECT
        ("tls/all_well", (0, 200), (0, 200), ""),
        ("tls/expired", (60, 0), (0, 502), "tls_certificate_error"),  # CURLE_PEER_FAILED_VERIFICATION
    ],
)
def test_asked_through_the_gateway(
    scenario: str, alone: tuple[int, int], through: tuple[int, int], error: str, tmp_path: Path
) -> None:
    with playing(scenario, TMPDIR=str(tmp_path)) as upstream:
        ask_twice(upstream, *alone)
        options = ("--upstream-ca", upstream.ca) if upstream.ca else ()
        with gateway(upstream.url, *options) as running:
            for _ in range(2):
                answer = curl(*TEXT, f"{running.url}/report")
                assert (answer.exit, answer.status) == through
                assert f";error={error};" in answer.value("Proxy-Status") or not error
            running.logged(0 if through == (0, 200) else 2)
    assert list(tmp_path.iterdir()) == []


def test_what_it_says() -> None:
    """What came and what went, line by line, and that the fault took place."""
    with playing("first/broken_promise") as upstream:
        curl(f"{upstream.url}/report")
        upstream.program.says(r"receives +GET /report HTTP/1\.1")
        upstream.program.says(r"sends +HTTP/1\.1 200 OK")
        upstream.program.says("15 bytes are missing")


def test_buffering_makes_a_broken_promise_a_502() -> None:
    with playing("first/broken_promise") as upstream, gateway(upstream.url, "--buffer", "64k") as running:
        answer = curl(*TEXT, f"{running.url}/report")
        assert (answer.exit, answer.status) == (0, 502)
        assert ";error=http_response_incomplete;" in answer.value("Proxy-Status")
