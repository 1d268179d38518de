"""wrk asks as fast as it can, and every answer is right."""

import re
import subprocess

from tests.real.programs import DEADLINE, Program, gateway, needed


def wrk(url: str, *options: str) -> str:
    done = subprocess.run(
        [needed("wrk"), "-t1", "-d1", *options, url], capture_output=True, text=True, timeout=2 * DEADLINE, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_second_of_requests(application: Program) -> None:
    with gateway(application.url) as running:
        said = wrk(f"{running.url}/number/7", "-c32")
        assert "Non-2xx" not in said, said
        assert "Socket errors" not in said, said
        found = re.search(r"(\d+) requests in", said)
        assert found is not None, said
        assert int(found[1]) > 32
        left = [line for line in running.log if "client" not in line]  # wrk does not wait for its last answers
        assert left == []


def test_more_clients_than_it_takes(application: Program) -> None:
    """Those too many get a 503, at once, and nobody is left without an answer."""
    with gateway(application.url, "--limit-clients", "4") as running:
        said = wrk(f"{running.url}/number/7", "-c8")
        assert "Non-2xx or 3xx responses" in said, said
        assert not re.search(r"timeout [1-9]", said), said
