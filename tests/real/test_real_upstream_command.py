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


# What curl makes of each: its exit status, and the status code that it saw.
ALONE = {
    "first/all_is_well": (0, 200),
    "first/broken_promise": (18, 200),  # CURLE_PARTIAL_FILE
    "first/garbage": (1, 0),  # CURLE_UNSUPPORTED_PROTOCOL: it takes the garbage for HTTP/0.9
    "first/nobody_home": (7, 0),  # CURLE_COULDNT_CONNECT
    "connections/closed_at_once": (52, 0),  # CURLE_GOT_NOTHING
    "malformed_headers/no_colon": (8, 200),  # CURLE_WEIRD_SERVER_REPLY
    "truncated_bodies/content_length_short_reset_later": (56, 200),  # CURLE_RECV_ERROR
    "truncated_bodies/last_chunk_missing": (18, 200),
    "tls/all_well": (0, 200),
    "tls/expired": (60, 0),  # CURLE_PEER_FAILED_VERIFICATION
}

# What the gateway makes of them: curl's exit status, the status code, and the error type.
THROUGH = {
    "first/all_is_well": (0, 200, ""),
    "first/broken_promise": (18, 200, ""),
    "first/garbage": (0, 502, "http_protocol_error"),
    "first/nobody_home": (0, 502, "connection_refused"),
    "tls/all_well": (0, 200, ""),
    "tls/expired": (0, 502, "tls_certificate_error"),
}


@pytest.mark.parametrize("scenario", ALONE)
def test_asked_by_curl(scenario: str, tmp_path: Path) -> None:
    with playing(scenario, TMPDIR=str(tmp_path)) as upstream:
        trust = ("--cacert", upstream.ca) if upstream.ca else ()
        for _ in range(2):  # it plays again for each connection
            answer = curl(*trust, f"{upstream.url}/report")
            assert (answer.exit, answer.status) == ALONE[scenario]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scenario", THROUGH)
def test_asked_through_the_gateway(scenario: str) -> None:
    with playing(scenario) as upstream:
        options = ("--upstream-ca", upstream.ca) if upstream.ca else ()
        with gateway(upstream.url, *options) as running:
            for _ in range(2):
                answer = curl(*TEXT, f"{running.url}/report")
                exit_status, status, error = THROUGH[scenario]
                assert (answer.exit, answer.status) == (exit_status, status)
                assert f";error={error};" in answer.value("Proxy-Status") or not error
            assert len(running.log) == (0 if (exit_status, status) == (0, 200) else 2)


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
