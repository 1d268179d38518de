"""A healthy application, served by the hypercorn command as `tests.real.healthy:app`."""

import hashlib
import random
import struct
import sys
import zlib

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.real.programs import ROOT

IMAGES, HEIGHT = 50, 40
TELL = """onload = () => {
  const came = performance.getEntriesByType("resource").map(entry => entry.nextHopProtocol);
  came.push(performance.getEntriesByType("navigation")[0].nextHopProtocol);
  const widths = [...document.images].map(image => image.naturalWidth);
  document.title = JSON.stringify({came, widths});
};"""


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


async def seen(request: Request) -> Response:
    """What arrived here."""
    content = await request.body()
    return JSONResponse(
        {
            "method": request.method,
            "target": request.scope["raw_path"].decode() + "?" * bool(request.url.query) + request.url.query,
            "fields": [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw],
            "length": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    )


async def number(request: Request) -> Response:
    """The number in the path, on as many lines as it says, and from which of the gateway's ports it was asked."""
    asked = request.path_params["number"]
    assert request.client is not None
    return PlainTextResponse(f"{asked}\n" * asked, headers={"X-Port": str(request.client.port)})


async def digest(request: Request) -> Response:
    """The digest of content of any length, read as it comes. Says when it begins, and when the client leaves."""
    sha256 = hashlib.sha256()
    say("content begins")
    try:
        async for piece in request.stream():
            sha256.update(piece)
    except ClientDisconnect:
        say("content ends early")
        raise
    return PlainTextResponse(sha256.hexdigest())


async def refusing(_: Request) -> Response:
    """An answer before any of the content is read."""
    return PlainTextResponse("no\n", 403)


async def page(_: Request) -> Response:
    """Fifty images. When all is there the title says how each came: which protocol, how wide the image."""
    images = "".join(f'<img src="/image/{number}">' for number in range(1, IMAGES + 1))
    return HTMLResponse(f"<!doctype html><title>waiting</title><script>{TELL}</script>{images}")


async def image(request: Request) -> Response:
    """A PNG as wide as the number in the path, of noise, so that it cannot be packed."""
    width = request.path_params["number"]
    rows = b"".join(b"\0" + random.randbytes(3 * width) for _ in range(HEIGHT))
    header = struct.pack(">IIBBBBB", width, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    packed = (struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
              for name, data in chunks)  # fmt: skip
    return Response(b"\x89PNG\r\n\x1a\n" + b"".join(packed), media_type="image/png")


app = Starlette(
    routes=[
        Route("/seen{rest:path}", seen, methods=["GET", "POST", "PUT"]),
        Route("/number/{number:int}", number),
        Route("/digest", digest, methods=["POST", "PUT"]),
        Route("/page", page),
        Route("/image/{number:int}", image),
        Route("/refusing", refusing, methods=["POST"]),
        Mount("/files", StaticFiles(directory=ROOT)),
    ]
)
