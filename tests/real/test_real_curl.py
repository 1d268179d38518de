"""The gateway in front of Python's http.server and of an application on Hypercorn, asked by curl."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.real.curl import Curled, curl
from tests.real.programs import ROOT, Gateway, Program, gateway, http_server, reserved_address

README = (ROOT / "README.md").read_bytes()
TEXT = ("--header", "Accept: text/plain")


def seen(answer: Curled) -> dict[str, Any]:
    """What arrived at the application."""
    assert (answer.exit, answer.status) == (0, 200)
    arrived: dict[str, Any] = json.loads(answer.content)
    arrived["fields"] = dict(arrived["fields"])
    return arrived


@pytest.fixture(scope="module")
def before_old_server() -> Iterator[Gateway]:
    """http.server as it comes: HTTP/1.0."""
    with http_server() as files, gateway(files.url) as running:
        yield running


@pytest.mark.parametrize("version", ["--http1.0", "--http1.1", "--http2"])
@pytest.mark.parametrize("upstream", ["before_old_server", "before_files"])
def test_a_file(request: pytest.FixtureRequest, upstream: str, version: str) -> None:
    """With --http2, curl asks for an upgrade to h2c, which a server may ignore (RFC 9110, 7.8)."""
    running: Gateway = request.getfixturevalue(upstream)
    answer = curl(version, f"{running.url}/README.md")
    assert (answer.exit, answer.status, answer.content) == (0, 200, README)
    assert answer.value("Via").split()[1].startswith("gateway-")
    assert answer.value("Content-Length") == str(len(README))
    assert answer.value("Proxy-Status") == ""


def test_head(before_files: Gateway) -> None:
    answer = curl("--head", f"{before_files.url}/README.md")
    assert (answer.exit, answer.status, answer.value("Content-Length")) == (0, 200, str(len(README)))
    assert answer.told["size_download"] == 0


def test_a_404_is_the_upstreams_own(before_files: Gateway) -> None:
    answer = curl(f"{before_files.url}/nothing-here")
    assert (answer.exit, answer.status) == (0, 404)
    assert b"File not found" in answer.content
    assert answer.value("Server").startswith("SimpleHTTP/")
    assert answer.value("Proxy-Status") == ""


def test_a_501_is_the_upstreams_own(before_files: Gateway) -> None:
    answer = curl("--data", "x", f"{before_files.url}/README.md")
    assert (answer.exit, answer.status) == (0, 501)
    assert answer.value("Proxy-Status") == ""


def test_not_modified_since(before_files: Gateway, tmp_path: Path) -> None:
    """http.server knows If-Modified-Since; curl takes the date from a file."""
    newer = tmp_path / "newer"
    newer.touch()
    answer = curl("--time-cond", str(newer), f"{before_files.url}/README.md")
    assert (answer.exit, answer.status, answer.content) == (0, 304, b"")


def test_the_etag_matches(before_application: Gateway, tmp_path: Path) -> None:
    url, kept = f"{before_application.url}/files/README.md", str(tmp_path / "etag")
    first = curl("--etag-save", kept, url)
    assert (first.status, first.content) == (200, README)
    again = curl("--etag-compare", kept, url)
    assert (again.exit, again.status, again.content) == (0, 304, b"")
    assert again.value("ETag") == first.value("ETag") != ""


def test_a_range(before_application: Gateway) -> None:
    answer = curl("--range", "2-14", f"{before_application.url}/files/README.md")
    assert (answer.status, answer.content) == (206, README[2:15])
    assert answer.value("Content-Range") == f"bytes 2-14/{len(README)}"


def test_one_connection_for_many(before_application: Gateway) -> None:
    url = f"{before_application.url}/number/[1-9]"
    answer = curl(url)
    assert answer.content == b"".join(b"%d\n" % number * number for number in range(1, 10))
    assert answer.told["num_connects"] == 0  # which is what it tells of the last


def test_connection_close(before_application: Gateway) -> None:
    answer = curl("--header", "Connection: close", f"{before_application.url}/number/2")
    assert (answer.exit, answer.content, answer.value("Connection")) == (0, b"2\n2\n", "close")


def test_what_arrives_at_the_application(before_application: Gateway) -> None:
    url = before_application.url
    arrived = seen(curl("--path-as-is", "--referer", "", f"{url}/seen/../x?a=%20b?&c"))
    assert arrived["target"] == "/seen/../x?a=%20b?&c"
    authority = url.removeprefix("http://")
    name = arrived["fields"]["via"].removeprefix("1.1 ")
    assert arrived["fields"]["host"] == authority
    assert arrived["fields"]["forwarded"] == f'for=127.0.0.1;by=_{name};proto=http;host="{authority}"'
    assert not {"connection", "upgrade", "te", "keep-alive"} & arrived["fields"].keys()


def test_as_a_proxy_it_is_asked_with_an_absolute_target(before_application: Gateway) -> None:
    arrived = seen(curl("--proxy", before_application.url, "http://somewhere.test:81/seen?x"))
    assert (arrived["target"], arrived["fields"]["host"]) == ("/seen?x", "somewhere.test:81")
    assert "proxy-connection" not in arrived["fields"]


def test_as_a_proxy_it_makes_no_tunnel(before_application: Gateway) -> None:
    answer = curl("--proxytunnel", "--proxy", before_application.url, "http://somewhere.test/seen")
    assert (answer.exit, answer.told["http_connect"]) == (56, 501)  # CURLE_RECV_ERROR


CONTENT = bytes(range(256)) * 8_000


@pytest.mark.parametrize(
    ("options", "fields"),
    [
        (["--data-binary", "@-"], {"content-length": str(len(CONTENT))}),
        (["--data-binary", "@-", "--http1.0"], {"content-length": str(len(CONTENT))}),
        (["--upload-file", "-"], {"transfer-encoding": "chunked"}),
        (["--upload-file", "-", "--header", "Expect:"], {"transfer-encoding": "chunked"}),
    ],
    ids=["POST", "POST of HTTP/1.0", "chunked PUT", "chunked PUT without Expect"],
)
def test_an_upload(before_application: Gateway, options: list[str], fields: dict[str, str]) -> None:
    answer = curl(*options, f"{before_application.url}/seen", data=CONTENT)
    arrived = seen(answer)
    assert (arrived["length"], arrived["sha256"]) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert arrived["fields"].items() >= fields.items()
    invited = not {"--http1.0", "Expect:"} & set(options)  # curl announces so much content with Expect: 100-continue
    assert (answer.head[0] == "HTTP/1.1 100 Continue") == invited
    assert ("expect" in arrived["fields"]) == invited  # the upstream is asked whether it wants it
    assert arrived["fields"]["via"].startswith("1.0 " if "--http1.0" in options else "1.1 ")


def test_an_answer_before_the_upload_is_over(before_application: Gateway) -> None:
    answer = curl("--data-binary", "@-", f"{before_application.url}/refusing", data=CONTENT)
    assert (answer.exit, answer.status, answer.content) == (0, 403, b"no\n")


def test_nobody_listens() -> None:
    with reserved_address() as nowhere, gateway(f"http://{nowhere}") as running:
        text = curl(*TEXT, f"{running.url}/")
        page = curl("--header", "Accept: text/html", f"{running.url}/")
        problem = curl("--header", "Accept: application/problem+json", f"{running.url}/")
        head = curl("--head", f"{running.url}/")
        assert [answer.status for answer in (text, page, problem, head)] == [502] * 4
        assert f';error=connection_refused;next-hop="{nowhere}"' in text.value("Proxy-Status")
        assert b"made by the gateway" in text.content
        assert page.content.startswith(b"<!DOCTYPE html>")
        assert json.loads(problem.content)["error"] == "connection_refused"
        assert head.told["size_download"] == 0
        assert all("connection_refused" in line for line in running.logged(4))


def test_it_finds_that_it_is_its_own_upstream() -> None:
    with reserved_address() as here, gateway(f"http://{here}", "--listen", here) as running:
        answer = curl(*TEXT, f"{running.url}/")
        assert answer.status == 502
        assert ";error=proxy_loop_detected" in answer.value("Proxy-Status")
        assert "proxy_loop_detected" in running.logged(1)[0]


def test_a_gateway_before_a_gateway() -> None:
    """What the inner one says of a failure is the upstream's own for the outer one, and is relayed."""
    with reserved_address() as nowhere, gateway(f"http://{nowhere}") as inner, gateway(inner.url) as outer:
        answer = curl(*TEXT, f"{outer.url}/")
        assert (answer.exit, answer.status) == (0, 502)
        assert inner.name in answer.value("Proxy-Status")
        assert answer.value("Proxy-Status").count(";error=connection_refused;") == 1
        assert answer.value("Via") == f"1.1 {outer.name}"
        assert "connection_refused" in inner.logged(1)[0]
        assert outer.log == []


def test_tls_to_the_client(application: Program) -> None:
    with gateway(application.url, "--tls") as running:
        assert running.url.startswith("https://")
        arrived = seen(curl("--cacert", running.ca, f"{running.url}/seen"))
        assert ";proto=https;" in arrived["fields"]["forwarded"]
        refused = curl(f"{running.url}/seen")
        assert (refused.exit, refused.status) == (60, 0)  # CURLE_PEER_FAILED_VERIFICATION
        plain = curl(f"{running.url.replace('https', 'http')}/seen")
        assert plain.exit in (1, 52, 56)  # no HTTP can come back
        upload = curl("--cacert", running.ca, "--upload-file", "-", f"{running.url}/digest", data=CONTENT)
        assert upload.content.decode() == hashlib.sha256(CONTENT).hexdigest()
        assert curl("--cacert", running.ca, "--http2", f"{running.url}/seen").told["http_version"] == "2"
        assert curl("--cacert", running.ca, "--http1.1", f"{running.url}/seen").told["http_version"] == "1.1"
    assert not Path(running.ca).exists()
