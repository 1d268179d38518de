"""What stands between these tests' clients and upstreams: started once, because each takes a second."""

import sys
from collections.abc import Iterator

import pytest

from tests.real.programs import Gateway, Program, gateway, healthy, http_server, serving


@pytest.fixture(scope="session", autouse=True)
def _signals() -> None:
    if sys.platform == "win32":
        pytest.skip("these programs are ended by signals")


@pytest.fixture(scope="session")
def files() -> Iterator[Program]:
    """Python's http.server, HTTP/1.1, with the files of this project."""
    with http_server("--protocol", "HTTP/1.1") as running:
        yield running


@pytest.fixture(scope="session")
def before_files(files: Program) -> Iterator[Gateway]:
    with gateway(files.url) as running:
        yield running


@pytest.fixture(scope="session")
def application() -> Iterator[Program]:
    """tests.real.healthy on Hypercorn."""
    with healthy() as running:
        yield running


@pytest.fixture(scope="session")
def before_application(application: Program) -> Iterator[Gateway]:
    with gateway(application.url) as running:
        yield running


@pytest.fixture(scope="session")
def fast() -> Iterator[Program]:
    """tests.bench.upstream: `GET /N` is answered with N octets, as fast as Python can."""
    with serving(r"^(http://\S+)", sys.executable, "-m", "tests.bench.upstream") as running:
        yield running
