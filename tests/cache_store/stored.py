"""Stored responses to put into a store."""

import asyncio
from collections.abc import Sequence

from lab.gateways.reference.cache.body import Body, Reader
from lab.gateways.reference.cache.engine.values import Instant, Stored, Terms
from lab.gateways.reference.cache.store import Store
from lab.h1 import Field, Fields


def stored(key: bytes, *, tag: str = "", selecting: str | None = None, length: int | None = None) -> Stored:
    """`selecting`: the value of Accept-Language that selects it. `length`: what its Content-Length announces."""
    fields = [Field(b"Date", b"Sun, 22 Nov 2026 22:00:00 GMT"), Field(b"ETag", f'"{tag}"'.encode())]
    if length is not None:
        fields.append(Field(b"Content-Length", b"%d" % length))
    chosen = () if selecting is None else ((b"accept-language", selecting.encode()),)
    received = Instant(1_795_000_000.0, 5_000.0)
    return Stored(key, 200, b"OK", b"1.1", Fields(fields), received, 0.0, Terms(60.0), chosen)


def tag(response: Stored) -> str:
    return response.fields.get(b"etag")[0].strip(b'"').decode()


async def put(store: Store, response: Stored, content: bytes = b"", *, replaces: tuple[Stored, ...] = ()) -> Body:
    """Store it, in one piece."""
    body = store.begin(response, replaces)
    if content:
        await body.add(content)
    body.complete()
    return body


async def through(body: Body, pieces: Sequence[bytes]) -> bytes:
    """What a reader gets of these pieces."""

    async def write() -> None:
        for piece in pieces:
            assert await body.add(piece)
        body.complete()

    async with asyncio.timeout(20):
        read, _ = await asyncio.gather(everything(body.read()), write())
    return read


async def everything(reader: Reader) -> bytes:
    return b"".join([piece async for piece in reader])


async def content(store: Store, response: Stored) -> bytes | None:
    """What is stored of it; None: it is no longer there."""
    body = store.open(response)
    return None if body is None else b"".join([piece async for piece in body.read()])


async def tags(store: Store, key: bytes) -> list[str]:
    """What is found under this key, the oldest first."""
    return [tag(response) for response in await store.find(key)]
