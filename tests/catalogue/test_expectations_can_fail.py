"""An expectation that nobody can break says nothing: bad gateways break something in every story."""

import asyncio
from collections.abc import Iterable

import pytest

from lab.expect import Question
from lab.gateways import Gateway
from lab.outcome import facts
from lab.performance import perform
from lab.scenario import Case, cases
from lab.verdict import kept
from tests.catalogue.catalogue import scenarios
from tests.catalogue.hoarder import Hoarder
from tests.performance.relay import End, Relay

BY_OTHERS = {
    "connections/first_of_two_refuses": "it takes one that sends an order twice",
    "first/not_modified": "it takes one that keeps copies: what comes with a 304 is for its store",
    "interim_responses/wrong_accept": "it takes one that makes up a proof",
}
"""What none of them can break."""

GOOD = {"conforms", "yes"}
AT_ONCE = 8
A_MOMENT = 0.1


class Embellishing(End):
    """Waits a moment, keeps of the upstream's bytes what it likes, and tells the client that this is all, and well."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.kept = b""
        self.told = False
        self.latest = self.soon = asyncio.get_running_loop().call_later(3 * A_MOMENT, self.tell)

    def data_received(self, data: bytes) -> None:
        self.kept += data
        if self.soon is not self.latest:
            self.soon.cancel()
        self.soon = asyncio.get_running_loop().call_later(A_MOMENT, self.tell)

    def eof_received(self) -> bool:
        self.tell()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self.tell()
        super().connection_lost(None)

    def tell(self) -> None:
        if self.told or self.other is None or self.other.transport.is_closing():
            return
        self.told = True
        head, _, content = self.kept.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n")[1:20] if len(line) < 1_000 and b":" in line]
        kept = [line for line in lines if not line.lower().startswith((b"content-length", b"transfer-encoding"))]
        length = b"Content-Length: %d" % len(content[:-1])
        self.other.transport.write(b"\r\n".join((b"HTTP/1.1 200 OK", *kept, length, b"", content[:-1])))


@pytest.mark.anyio
async def test_something_in_every_story_is_broken_by_a_bad_gateway() -> None:
    todo = [case for scenario in scenarios() if playable((case := next(iter(cases(scenario)))).needs)]
    assert len(todo) > 120
    broken = await broken_by(todo, Relay(deadline=0.5)) | await broken_by(todo, Relay(deadline=0.5, back=Embellishing))
    for _ in range(2):  # a busy machine may have hidden what they do
        left = [case for case in todo if case.name not in broken]
        broken |= await broken_by(left, Relay(deadline=0.5, back=Embellishing))
    broken |= await broken_by((case for case in todo if "cache" in case.needs and case.name not in broken), Hoarder())
    assert {case.scenario.address for case in todo if case.name not in broken} - set(BY_OTHERS) == set()


def playable(needs: Iterable[str]) -> bool:
    return not {"tls", "client-tls", "unix", "permissions", "ipv6", "h2", "marks-down", "known-name", "one-connection",
                "one-local-port", "proxy-v1", "proxy-v2"} & set(needs)  # fmt: skip


async def broken_by(todo: Iterable[Case], gateway: Gateway) -> set[str]:
    """The names of those in which it does not do all that is expected, or asked after."""
    found: set[str] = set()
    free = asyncio.Semaphore(AT_ONCE)

    async def play(case: Case) -> None:
        async with free:
            transcript = await perform(case, gateway)
        got = {act: [facts(transcript, asked) for asked in transcript.asked if asked.act == act]
               for act, _ in enumerate(case.acts(), 1)}  # fmt: skip
        expected = [(each, got[number]) for number, act in enumerate(case.acts(), 1) for each in act.expect]
        if any(kept(each, some) not in GOOD for each, some in expected if not isinstance(each, Question)):
            found.add(case.name)

    await asyncio.gather(*map(play, todo))
    return found
