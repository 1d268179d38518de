"""What the command line says of upstreams: understood, or refused in one line."""

import socket

import pytest

from lab.gateways import Destination
from lab.gateways.reference.marking import MarkDown
from lab.gateways.reference.set_up import machine_offers
from lab.gateways.reference.told import local_ports, mark_down, upstream_at, upstreams_at

UNIX = pytest.mark.skipif("unix" not in machine_offers(), reason="this system has no Unix sockets")


@pytest.mark.parametrize(
    ("url", "destination"),
    [
        ("http://127.0.0.1:9000", Destination(("127.0.0.1", 9000), server_name="127.0.0.1")),
        ("http://localhost", Destination(("localhost", 80), server_name="localhost")),
        ("HTTPS://Upstream.Example/", Destination(("upstream.example", 443), True, "upstream.example")),
        ("http://[::1]:9000", Destination(("::1", 9000), server_name="::1")),
    ],
)
def test_an_upstream(url: str, destination: Destination) -> None:
    assert upstream_at(url) == destination


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "127.0.0.1:9000",
            "--upstream takes a URL such as http://127.0.0.1:9000 or unix:/run/app.sock, not '127.0.0.1:9000'",
        ),
        ("ftp://a", "--upstream takes a URL such as http://127.0.0.1:9000 or unix:/run/app.sock, not 'ftp://a'"),
        ("http://", "--upstream takes a URL such as http://127.0.0.1:9000 or unix:/run/app.sock, not 'http://'"),
        ("http://a:0", "--upstream takes a URL such as http://127.0.0.1:9000 or unix:/run/app.sock, not 'http://a:0'"),
        ("http://a:x", "--upstream 'http://a:x' is no URL: Port could not be cast to integer value as 'x'"),
        ("http://a:99999", "--upstream 'http://a:99999' is no URL: Port out of range 0-65535"),
        ("http://a/b", "--upstream 'http://a/b': give scheme, host and port alone; the path is the client's to choose"),
        ("http://[::1", "--upstream 'http://[::1' is no URL: Invalid IPv6 URL"),
        (
            "http://u:p@a",
            "--upstream 'http://u:p@a': give scheme, host and port alone; the path is the client's to choose",
        ),
    ],
)
def test_what_is_no_upstream(url: str, says: str) -> None:
    with pytest.raises(ValueError, match="--upstream") as raised:
        upstream_at(url)
    assert str(raised.value) == says


@pytest.mark.parametrize("url", ["http://a..b", "http://" + "a" * 64])
def test_what_is_no_host_name(url: str) -> None:
    with pytest.raises(ValueError, match=f"--upstream '{url}' is no URL: .*label"):
        upstream_at(url)


@UNIX
@pytest.mark.parametrize("url", ["unix:/run/app.sock", "UNIX:/run/app.sock"])
def test_a_unix_socket(url: str) -> None:
    assert upstream_at(url) == Destination(("localhost", 0), path="/run/app.sock")
    assert upstream_at(url).url == "unix:/run/app.sock"


@UNIX
@pytest.mark.parametrize("url", ["unix:", "unix://run/app.sock", "unix:/run/\0"])
def test_what_is_no_unix_socket(url: str) -> None:
    with pytest.raises(
        ValueError, match=r"--upstream takes the path of a Unix socket such as unix:/run/app\.sock, not"
    ):
        upstream_at(url)


@UNIX
def test_a_path_that_no_address_holds() -> None:
    with pytest.raises(ValueError, match=r"the path of a Unix socket has at most 10\d bytes, and this one has 121;"):
        upstream_at("unix:/" + 60 * "ä")


def test_where_there_are_no_unix_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX", raising=False)
    with pytest.raises(ValueError, match="--upstream 'unix:/a': this system has no Unix sockets; give an address"):
        upstream_at("unix:/a")


@UNIX
def test_several_upstreams_keep_their_order() -> None:
    found = upstreams_at(["unix:/a", "http://b", "http://[::1]:9000"])
    assert [each.url for each in found] == ["unix:/a", "http://b:80", "http://[::1]:9000"]


def test_several_upstreams_of_mixed_kinds() -> None:
    with pytest.raises(ValueError, match="--upstream 'http://a' and 'https://b': give several that are all https or"):
        upstreams_at(["http://a", "https://b"])


def test_one_upstream_given_twice() -> None:
    with pytest.raises(ValueError, match="--upstream 'http://a' is given twice: once is enough"):
        upstreams_at(["http://a:80/", "http://b", "http://a"])


@pytest.mark.parametrize(
    ("text", "rule"), [("1", MarkDown(1, 10.0)), ("3:30", MarkDown(3, 30.0)), (" 2:0.5 ", MarkDown(2, 0.5))]
)
def test_when_an_upstream_is_marked_down(text: str, rule: MarkDown) -> None:
    assert mark_down(text) == rule


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0", "--mark-down 0: an upstream is marked down after 1 failure or more"),
        ("1:0", "--mark-down 1:0: an upstream is marked down for a number of seconds above 0"),
        ("-1", "--mark-down takes a number of failures, and seconds if need be, such as 3:30, not '-1'"),
        ("1:", "--mark-down takes a number of failures, and seconds if need be, such as 3:30, not '1:'"),
        ("inf", "--mark-down takes a number of failures, and seconds if need be, such as 3:30, not 'inf'"),
    ],
)
def test_what_is_no_rule(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="--mark-down") as raised:
        mark_down(text)
    assert str(raised.value) == says


@pytest.mark.parametrize(("text", "ports"), [("40000-40099", range(40_000, 40_100)), ("5", range(5, 6))])
def test_local_ports(text: str, ports: range) -> None:
    assert local_ports(text) == ports


@pytest.mark.parametrize("text", ["", "a-b", "5-", "-5", "0-5", "9-5", "65535-65536"])
def test_what_are_no_local_ports(text: str) -> None:
    with pytest.raises(ValueError, match="--local-ports"):
        local_ports(text)
