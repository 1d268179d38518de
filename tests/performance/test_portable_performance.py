"""Performances need nothing that only some platforms have."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator

import pytest

from lab.performance import perform, serving_upstream
from lab.script import BlackHole, Close, Get, ReceiveRequest, Refuse, Reset, StartTLS
from lab.transcript import What
from tests.performance.relay import Relay
from tests.performance.test_performing import HELLO, case, details, received


class Windowslike(asyncio.SelectorEventLoop):
    """A loop without signal handlers and readers, as on Windows."""

    def add_signal_handler(self, *given: object) -> None:
        raise NotImplementedError

    def remove_reader(self, fd: object) -> bool:
        raise NotImplementedError

    def add_reader(self, *given: object) -> None:
        raise NotImplementedError


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Runner]:
    """Runs where what Linux and macOS have and others lack is hidden (from the loop itself only afterwards)."""
    with asyncio.Runner(loop_factory=Windowslike) as made:
        made.get_loop()
        with monkeypatch.context() as hidden:
            for module, name in ((socket, "AF_UNIX"), (os, "fork"), (socket, "SO_REUSEPORT"), (signal, "SIGHUP")):
                hidden.delattr(module, name, raising=False)
            for name in ("send_fds", "recv_fds"):
                hidden.delattr(socket, name, raising=False)
            hidden.setattr(sys, "platform", "elsewhere")
            yield made


CASES = {
    "plain": (case(upstream=[ReceiveRequest(), HELLO]), b"hello"),
    "cut": (case(upstream=[ReceiveRequest(), Close(wrong="cut")]), b""),
    "reset": (case(upstream=[ReceiveRequest(), Reset(wrong="cut")]), b""),
    "refused": (case(upstream=Refuse(wrong="nobody")), b""),
    "secured": (
        case(client=Get("/", secure=True), upstream=[StartTLS(wrong="odd"), ReceiveRequest(), HELLO]),
        b"hello",
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_case_is_performed(runner: asyncio.Runner, kind: str) -> None:
    given, end = CASES[kind]
    transcript = runner.run(perform(given, Relay()))
    assert transcript.failure == ""
    assert received(transcript).endswith(end)
    assert len(details(transcript, What.DELIVERED)) == (kind != "plain")


def test_an_upstream_plays_for_anyone(runner: asyncio.Runner) -> None:
    async def play() -> str:
        async with serving_upstream(CASES["plain"][0]) as served:
            return served.url

    assert runner.run(play()).startswith("http://127.0.0.1:")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses where others drop")
def test_a_black_hole(runner: asyncio.Runner) -> None:
    transcript = runner.run(perform(case(upstream=BlackHole(wrong="nobody")), Relay(), deadline=0.1))
    assert transcript.happened(What.DEADLINE)
