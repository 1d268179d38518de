"""The gateway in front of a mail server, which speaks first."""

import socket
import sys
import time
from collections.abc import Iterator

import pytest

from tests.real.curl import curl
from tests.real.programs import DEADLINE, Program, gateway, reserved_address

TEXT = ("--header", "Accept: text/plain")


@pytest.fixture(scope="module")
def smtp() -> Iterator[Program]:
    pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed (pip install aiosmtpd)")
    with reserved_address() as address:
        command = (sys.executable, "-W", "ignore", "-m", "aiosmtpd", "--nosetuid", "--listen", address)
        with Program(*command, "--class", "aiosmtpd.handlers.Sink") as running:
            running.url = address
            _greets(address)
            yield running


def _greets(address: str) -> None:
    """Wait until it is there: of that it says nothing."""
    host, port = address.split(":")
    until = time.monotonic() + DEADLINE
    while True:
        try:
            with socket.create_connection((host, int(port)), DEADLINE) as sock:
                assert sock.recv(100).startswith(b"220 ")
                return
        except ConnectionRefusedError:
            assert time.monotonic() < until, "it does not listen"


def test_its_greeting_is_no_answer(smtp: Program) -> None:
    with gateway(f"http://{smtp.url}") as running:
        for arguments in ((), ("--data", "HELO x"), ("--head",)):
            answer = curl(*TEXT, *arguments, f"{running.url}/")
            assert answer.status == 502
            assert ";error=http_protocol_error;" in answer.value("Proxy-Status")
            assert "SMTP" in answer.value("Proxy-Status")
        running.logged(3)


def test_its_greeting_is_no_tls(smtp: Program) -> None:
    with gateway(f"https://{smtp.url}") as running:
        answer = curl(*TEXT, f"{running.url}/")
        assert answer.status == 502
        assert ";error=tls_protocol_error;" in answer.value("Proxy-Status")
        running.logged(1)
