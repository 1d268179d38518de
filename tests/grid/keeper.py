"""A gateway with a store, made for these tests: small, real, and as good or bad as its habits."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import h11

from lab.gateways import Setup
from lab.transcript import Player
from tests.catalogue.modest import Fields, Modest, RunningModest, end_to_end

FAILED: tuple[int, Fields, bytes] = (502, [], b"the upstream makes no sense")


@dataclass(frozen=True)
class Keeper(Modest):
    """`keeps`: it has a store at all. `fragments`: it stores what is cut off as if it were whole. `failures`: it stores
    its own 502. `forgets`: a failure makes it drop what it has. `stale_if_error`: it heeds that directive.
    `started`: the names of the tasks in which it was.
    """

    keeps: bool = True
    fragments: bool = False
    failures: bool = False
    forgets: bool = False
    stale_if_error: bool = True
    player: Player = field(default_factory=lambda: Player("keeper"))
    offers: frozenset[str] = frozenset({"interim", "cache", "clock"})
    started: list[str] = field(default_factory=list)

    async def start(self, setup: Setup) -> "RunningKeeper":
        task = asyncio.current_task()
        self.started.append(task.get_name() if task else "")
        running = RunningKeeper(self, setup)
        await running.start()
        return running


@dataclass(frozen=True)
class Kept:
    status: int
    fields: Fields
    content: bytes
    at: float

    def get(self, name: bytes) -> bytes:
        return dict(self.fields).get(name, b"")

    def lifetime(self, directive: bytes) -> int:
        found = re.search(rb"\b" + directive + rb"=(\d+)", self.get(b"cache-control"))
        return int(found[1]) if found else 0


class RunningKeeper(RunningModest):
    habits: Keeper

    def __init__(self, habits: Keeper, setup: Setup) -> None:
        super().__init__(habits, setup)
        assert setup.clock is not None
        self.clock = setup.clock
        self.store: dict[bytes, Kept] = {}

    async def answered(self, request: h11.Request, content: bytes) -> tuple[int, Fields, bytes]:
        kept = self.store.get(request.target)
        if kept is not None and self.clock() - kept.at < kept.lifetime(b"max-age"):
            return to_client(request, kept)
        validating = request if kept is None else conditional(request, kept.get(b"etag"))
        try:
            status, fields, got = await asyncio.wait_for(self.ask(validating, b""), 0.25)
        except TimeoutError:
            return self.failed(request, kept)
        except (OSError, h11.ProtocolError):
            return self.failed(request, kept)
        if status == 304 and kept is not None:
            kept = replace(kept, at=self.clock())
        else:
            kept = Kept(status, fields, got, self.clock())
        if self.habits.keeps and kept.lifetime(b"max-age"):
            self.store[request.target] = kept
        return to_client(request, kept)

    def failed(self, request: h11.Request, kept: Kept | None) -> tuple[int, Fields, bytes]:
        if self.habits.forgets:
            self.store.pop(request.target, None)
        if kept is not None and self.habits.stale_if_error and kept.lifetime(b"stale-if-error"):
            return to_client(request, kept)
        status, fields, content = FAILED
        if self.habits.failures:
            self.store[request.target] = Kept(status, [(b"cache-control", b"max-age=3600")], content, self.clock())
        return status, fields, content

    async def ask(self, request: h11.Request, content: bytes) -> tuple[int, Fields, bytes]:
        if not self.habits.fragments:
            return await super().ask(request, content)
        reader, writer = await asyncio.open_connection(*self.destination.address)
        try:
            lines = [b"GET %s HTTP/1.1" % request.target]
            lines += [b"%s: %s" % pair for pair in end_to_end(request.headers)]
            writer.write(b"\r\n".join([*lines, b"Connection: close", b"", b""]))
            head, _, rest = (await reader.read()).partition(b"\r\n\r\n")
            start, *given = head.split(b"\r\n")
            fields = [(name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in given)]
            return int(start.split()[1]), end_to_end(fields), rest
        except (ValueError, IndexError):
            raise h11.RemoteProtocolError("no answer") from None
        finally:
            writer.close()


def conditional(request: h11.Request, tag: bytes) -> h11.Request:
    """The same request, with a condition of the store's own."""
    fields = [*without_condition(request), (b"if-none-match", tag)] if tag else list(without_condition(request))
    return h11.Request(method=request.method, target=request.target, headers=fields)


def without_condition(request: h11.Request) -> Iterator[tuple[bytes, bytes]]:
    return ((name, value) for name, value in request.headers if name != b"if-none-match")


def to_client(request: h11.Request, kept: Kept) -> tuple[int, Fields, bytes]:
    """What is kept, or a 304 where the client has it."""
    if kept.status == 200 and kept.get(b"etag") and dict(request.headers).get(b"if-none-match") == kept.get(b"etag"):
        return 304, [(b"etag", kept.get(b"etag"))], b""
    return kept.status, kept.fields, kept.content
