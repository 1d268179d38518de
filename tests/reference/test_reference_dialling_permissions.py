"""The scenario that no permission could stop root from, played by an ordinary user, whoever runs the tests."""

import os
import subprocess
import sys

import pytest

from lab.gateways.reference.set_up import machine_offers

NOBODY = 65_534

PLAY = """
import asyncio, os, sys
from lab.catalogue import load
from lab.gateways.names import gateway_named
from lab.performance import perform_with_control

async def play():
    (case,) = load().select(["connections/socket_not_permitted"])
    return await perform_with_control(case, gateway_named("reference"))

if os.geteuid() == 0:
    asyncio.run(play())  # imports all that it takes, while it can be read
    from lab.gateways.reference.set_up import machine_offers
    machine_offers.cache_clear()
    os.seteuid(int(sys.argv[1]))
performed = asyncio.run(play())
print(performed.judgement.verdict, *performed.transcript.log)
"""


@pytest.mark.skipif("unix" not in machine_offers(), reason="this system has no Unix sockets")
def test_an_ordinary_user_is_stopped() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLAY, str(NOBODY)], capture_output=True, text=True, timeout=30, check=False,
        env={**os.environ, "TMPDIR": "/tmp"},
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.startswith("conforms GET /report (")
    assert done.stdout.endswith("/app.sock): connection_refused: permission denied\n")
