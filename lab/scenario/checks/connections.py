"""An act that goes on with the client connection of the act before speaks on it what was spoken there."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from lab.scenario.story import Act, Scenario
from lab.script import Mistake, Request, Script, speaks_http2


class Spoken(StrEnum):
    """What a client speaks on its connection, and who does it."""

    HTTP_1 = "HTTP/1"
    REQUESTS = "requests over HTTP/2"
    BY_HAND = "HTTP/2 by hand"


def mistakes(scenario: Scenario) -> Iterator[Mistake]:
    """Acts whose connection cannot go on."""
    for variant in scenario.variants:
        before: list[Spoken] = []
        for act in scenario.acts_of(variant):
            kept = before if act.reuse else []
            before = list(_spoken(act, kept))
            for was, now in zip(kept, before, strict=False):
                if was is not now and not (was is Spoken.HTTP_1 and now is Spoken.BY_HAND):
                    yield Mistake(f"reuse=: the connection of the act before speaks {was}, and cannot go on with {now}",
                                  act.where)  # fmt: skip


def _spoken(act: Act, kept: Iterable[Spoken]) -> Iterator[Spoken]:
    """By each of its clients; a script goes on with what was spoken by hand."""
    before = iter(kept)
    for client in act.clients():
        yield _speaks(client, next(before, None))


def _speaks(client: Request | Script, before: Spoken | None) -> Spoken:
    if isinstance(client, Request):
        return Spoken.REQUESTS if client.version == "2" else Spoken.HTTP_1
    by_hand = before is Spoken.BY_HAND or speaks_http2(client)
    return Spoken.BY_HAND if by_hand else Spoken.HTTP_1
