"""One request in raw bytes to an origin that is served for it."""

import asyncio

from lab.origin import Origin
from lab.serving.server import serving
from lab.serving.sockets import listening_socket


async def ask(
    origin: Origin, line: bytes, *fields: bytes, content: bytes = b""
) -> tuple[bytes, dict[bytes, bytes], bytes]:
    """Status code, fields by their names in lower case, and content."""
    length = [b"Content-Length: %d" % len(content)] if content else []
    lines = [line + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *length, *fields, b"", content]
    async with serving(origin.application, listening_socket()) as server:
        reader, writer = await asyncio.open_connection(*server.address)
        writer.write(b"\r\n".join(lines))
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *field_lines = head.split(b"\r\n")
    assert status.startswith(b"HTTP/1.1 ")
    found = [(name.lower(), value.strip()) for name, _, value in (field.partition(b":") for field in field_lines)]
    assert len(found) == len(dict(found)), found
    return status[9:12], dict(found), body
