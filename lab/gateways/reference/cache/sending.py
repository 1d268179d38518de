"""What a client is sent of a response that the cache has: from the store, or while it is being stored."""

from collections.abc import Sequence

from lab.gateways.reference.cache.body import Body, Reader
from lab.gateways.reference.cache.engine import FromStore
from lab.gateways.reference.cache.engine.cache_status import without_stored
from lab.gateways.reference.cache.landing import Arrived
from lab.gateways.reference.client import Client
from lab.gateways.reference.front import ClientGone
from lab.gateways.reference.response_fields import response_fields
from lab.h1 import Field, Fields

CACHE_STATUS = b"Cache-Status"


async def send_stored(
    client: Client, answer: FromStore, body: Body | None, name: bytes, more: Sequence[Field] = ()
) -> None:
    """An answer made from the store by the gateway of this name, with its content, if it has any, and with `more` field
    lines. Raises Failure, before anything has been sent where the store turns out to have lost the content."""
    stored = answer.stored
    octets = b"" if body is None else body.octets(answer.content)
    reader = None
    if octets is None and body is not None:
        reader = body.read(answer.content)
        octets = await anext(reader, b"")
    await client.start(answer.status, [*answer.fields, _via(answer, name), *more], answer.reason)
    if answer.status == stored.status:  # they belong to the whole of it
        client.give_trailers(stored.trailers)
    if reader is not None:
        await client.send(octets or b"", more=True)
        await _send_content(client, reader)
        octets = b""
    await client.send(octets or b"", more=False)


def arrived_fields(arrived: Arrived, client: Client, name: str, status: bytes) -> list[Field]:
    """The field lines of the upstream's response, for the client whose request brought it. `status`: the member of
    Cache-Status."""
    fields = response_fields(arrived.head, name, arrived.at.wall, client.front.version)
    return [*fields, Field(CACHE_STATUS, status)]


def shared_fields(arrived: Arrived, answer: FromStore, name: bytes) -> list[Field]:
    """Those for all others: the ones that are stored, and the length where it has been announced."""
    lines = [field for field in answer.fields if field.name.lower() != b"content-length"]
    if arrived.head.framing.length is not None:
        lines.append(Field(b"Content-Length", b"%d" % arrived.head.framing.length))
    return [*lines, _via(answer, name)]


async def send_arrived(client: Client, arrived: Arrived, body: Body, reader: Reader, fields: Sequence[Field]) -> None:
    """The upstream's response with these field lines, while it is being stored."""
    await client.start(arrived.head.status, fields, arrived.head.reason)
    if client.front.method == b"HEAD":
        reader.close()
    else:
        await _send_content(client, reader)
        client.give_trailers(body.trailers)
    await client.send(b"", more=False)


def _via(answer: FromStore, name: bytes) -> Field:
    return Field(b"Via", b"%b %b" % (answer.stored.version, name))


async def _send_content(client: Client, reader: Reader) -> None:
    """What there is to read. Raises ClientGone, and the Failure with which it ended."""
    gone = client.front.disconnected
    gone.then = reader.close
    try:
        if gone.is_set():
            reader.close()
        async for piece in reader:
            await client.send(piece, more=True)
    finally:
        gone.then = None
        reader.close()
    if gone.is_set():
        raise ClientGone("the client left before its response was complete")


def as_stored(cache_status: bytes, body: Body | None) -> bytes:
    """The member of Cache-Status for content that was to be stored: it may have been too large for the store."""
    return without_stored(cache_status) if body is not None and not body.storing else cache_status


def with_cache_status(answer: FromStore, status: bytes) -> FromStore:
    """The same, with this member of Cache-Status in place of its own."""
    lines = list(answer.fields)
    for number in reversed(range(len(lines))):
        name, value = lines[number]
        if name.lower() == b"cache-status" and value.endswith(answer.cache_status):
            lines[number] = Field(name, value.removesuffix(answer.cache_status) + status)
            break
    return answer._replace(fields=Fields(lines), cache_status=status)
