"""curl, nghttp and h2load ask the gateway over HTTP/2, with TLS and with prior knowledge; curl over HTTP/1.0, too."""

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.curl import Curled, curl
from tests.real.programs import DEADLINE, Gateway, Program, gateway, needed

NGHTTP2 = "nghttp2-client"
LARGE = bytes(range(256)) * 8_000


@pytest.fixture(scope="module")
def secure(application: Program) -> Iterator[Gateway]:
    with gateway(application.url, "--tls") as running:
        yield running


@pytest.fixture(params=["ALPN", "prior knowledge"])
def spoken(request: pytest.FixtureRequest, secure: Gateway, before_application: Gateway) -> tuple[Gateway, list[str]]:
    """A gateway, and how curl is told to speak HTTP/2 to it."""
    if request.param == "ALPN":
        return secure, ["--http2", "--cacert", secure.ca]
    return before_application, ["--http2-prior-knowledge"]


def in_order(answer: Curled, version: str) -> bool:
    return (answer.exit, answer.status, answer.told["http_version"]) == (0, 200, version)


def test_a_request_over_http_2(spoken: tuple[Gateway, list[str]]) -> None:
    running, options = spoken
    answer = curl(*options, "--cookie", "a=b", f"{running.url}/seen?x=%20y")
    assert in_order(answer, "2")
    assert answer.value("Via") == f"1.1 {running.name}"
    arrived = json.loads(answer.content)
    assert (arrived["method"], arrived["target"]) == ("GET", "/seen?x=%20y")
    fields = dict(arrived["fields"])
    assert fields["via"] == f"2 {running.name}"
    assert fields["host"] == running.url.rpartition("/")[2]
    assert fields["cookie"] == "a=b"


def test_content_over_http_2(spoken: tuple[Gateway, list[str]]) -> None:
    running, options = spoken
    posted = curl(*options, "--data-binary", "@-", f"{running.url}/digest", data=LARGE)
    assert in_order(posted, "2")
    assert posted.content.decode() == hashlib.sha256(LARGE).hexdigest()
    head = curl(*options, "--head", f"{running.url}/number/9")
    assert (head.exit, head.status, head.value("Content-Length")) == (0, 200, "18")
    assert curl(*options, f"{running.url}/number/5000").content == b"5000\n" * 5000


def test_an_answer_before_the_end_of_the_content(application: Program) -> None:
    """curl discards it where RST_STREAM follows at once, which no client may (RFC 9113, 8.1)."""
    with gateway(application.url, "--limit-content", "1k") as running:
        answer = curl("--http2-prior-knowledge", "--data-binary", "@-", f"{running.url}/digest", data=LARGE)
    assert (answer.exit, answer.status) == (0, 413)
    assert answer.content.startswith(b"413 Content Too Large")


def test_many_requests_on_one_connection(secure: Gateway) -> None:
    urls = [f"{secure.url}/number/{number}" for number in range(1, 41)]
    parallel = ("--parallel", "--parallel-max", "40", "--no-progress-meter")
    said = run("curl", "curl", "--disable", "--silent", *parallel, "--http2", "--cacert", secure.ca, *urls)
    assert sorted(said.split()) == sorted(str(n) for n in range(1, 41) for _ in range(n))


def test_a_failure_over_http_2(spoken: tuple[Gateway, list[str]]) -> None:
    running, options = spoken
    answer = curl(*options, "--request", "OPTIONS", "--header", "Max-Forwards: x", f"{running.url}/")
    assert (answer.status, answer.told["http_version"]) == (400, "2")
    assert "error=http_request_error" in answer.value("Proxy-Status")


def test_an_upgrade_to_http_2_is_left_alone(before_application: Gateway) -> None:
    """curl asks for h2c in the clear; the upgrade mechanism has been withdrawn (RFC 9113, 3.1)."""
    assert in_order(curl("--http2", f"{before_application.url}/number/3"), "1.1")


def test_http_1_0(before_application: Gateway) -> None:
    answer = curl("--http1.0", f"{before_application.url}/number/3")
    assert (answer.exit, answer.status, answer.content) == (0, 200, b"3\n3\n3\n")
    assert answer.value("Transfer-Encoding") == ""


def run(package: str, program: str, *arguments: str) -> str:
    """What a program of this package says."""
    done = subprocess.run(
        [needed(program, package), *arguments],
        capture_output=True, text=True, timeout=3 * DEADLINE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_nghttp(before_application: Gateway, tmp_path: Path) -> None:
    """Frame by frame: small windows, padding, content with trailers, several streams at once."""
    url = before_application.url
    said = run(NGHTTP2, "nghttp", "--verbose", "--null-out", "--window-bits=10", "--padding=64", f"{url}/number/3000")
    assert re.search(r":status: 200", said), said
    assert "END_STREAM" in said
    (tmp_path / "content").write_bytes(LARGE)
    sent = run(NGHTTP2, "nghttp", "--data", str(tmp_path / "content"), "--trailer", "checked: yes", f"{url}/digest")
    assert sent == hashlib.sha256(LARGE).hexdigest()
    refused = run(NGHTTP2, "nghttp", "--verbose", "--data", str(tmp_path / "content"), f"{url}/refusing")
    assert re.search(r":status: 403.*\nno\n.*END_STREAM.*RST_STREAM.*NO_ERROR", refused, re.DOTALL), refused
    several = run(NGHTTP2, "nghttp", "--multiply=20", f"{url}/number/12")
    assert several.split() == ["12"] * 12 * 20


def test_ten_thousand_requests_on_a_hundred_streams(fast: Program) -> None:
    with gateway(fast.url) as running:
        said = run(
            NGHTTP2, "h2load", "--requests=10000", "--clients=1", "--max-concurrent-streams=100", f"{running.url}/1024"
        )
        assert "10000 succeeded, 0 failed, 0 errored, 0 timeout" in said, said
        assert "status codes: 10000 2xx" in said, said
        assert running.log == []


def test_many_connections_with_many_streams(fast: Program) -> None:
    with gateway(fast.url, "--tls") as running:
        many = ("--requests=1000", "--clients=20", "--max-concurrent-streams=10", "--window-bits=12")
        said = run(NGHTTP2, "h2load", *many, f"{running.url}/20000")
        assert "1000 succeeded, 0 failed, 0 errored, 0 timeout" in said, said
        assert running.log == []
