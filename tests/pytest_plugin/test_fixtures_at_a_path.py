"""The fixtures for other people's tests, with an upstream that has a path and no address, or two addresses."""

import urllib.request

import pytest

from lab.gateways.reference.set_up import machine_offers
from lab.pytest_plugin.fixtures import fronting, playing


@pytest.mark.skipif("unix" not in machine_offers(), reason="this system has no Unix sockets")
def test_a_gateway_in_front_of_a_unix_socket() -> None:
    with playing("connections/through_a_socket") as url, fronting(url) as front:
        assert url.startswith("unix:/")
        with urllib.request.urlopen(f"{front}/report", timeout=10) as response:
            assert response.read() == b"hello"


@pytest.mark.skipif("ipv6" not in machine_offers(), reason="this machine has no IPv6 on loopback")
def test_what_happens_at_the_first_of_two_addresses_happens_all_the_time() -> None:
    with playing("connections/name_with_two_addresses[refused]") as url:
        assert url.startswith("http://localhost:")
