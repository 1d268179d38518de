"""The gateway in front of Redis, which takes HTTP for commands."""

from collections.abc import Iterator

import pytest

from tests.real.curl import curl
from tests.real.programs import Program, gateway, needed, reserved_address

TEXT = ("--header", "Accept: text/plain")


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program, folder = needed("redis-server"), tmp_path_factory.mktemp("redis")
    with reserved_address() as address:
        host, port = address.split(":")
        quiet = ("--save", "", "--daemonize", "no", "--dir", folder)
        with Program(program, "--bind", host, "--port", port, *quiet) as running:
            running.says("Ready to accept connections")
            running.url = address
            yield running


def test_it_hangs_up_at_the_host_field(redis: Program) -> None:
    """GET it knows, but a line that begins with Host: is a sign of cross-protocol scripting to it."""
    with gateway(f"http://{redis.url}") as running:
        got, posted = curl(*TEXT, f"{running.url}/"), curl(*TEXT, "--data", "x", f"{running.url}/")
        assert (got.status, posted.status) == (502, 502)
        for answer in (got, posted):
            proxy_status = answer.value("Proxy-Status")
            assert ";error=connection_terminated;" in proxy_status or ";error=http_protocol_error;" in proxy_status
        running.logged(2)
    redis.says("SECURITY ATTACK")


def test_it_answers_tls_with_silence(redis: Program) -> None:
    with gateway(f"https://{redis.url}", "--tls-timeout", "0.5") as running:
        answer = curl(*TEXT, f"{running.url}/")
        assert answer.status == 504
        assert ";error=connection_timeout;" in answer.value("Proxy-Status")
        running.logged(1)
