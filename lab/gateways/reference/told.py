"""What the command line says of upstreams, as the gateway is told it. Raises ValueError, in one line each: what, and
what to do instead."""

import os
import re
import socket
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from lab.gateways import Destination
from lab.gateways.reference.marking import MarkDown

_HOST = re.compile(r"[0-9a-f:.]*:[0-9a-f:.]+(?:%\w+)?|(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?", re.ASCII)
_LONGEST_PATH = 107 if sys.platform == "linux" else 103  # bytes; `struct sockaddr_un` has one more, for a zero
_UNIX = "unix:"


def upstreams_at(urls: Sequence[str]) -> tuple[Destination, ...]:
    """The places to connect to, in their order."""
    found = tuple(map(upstream_at, urls))
    for place, (url, destination) in enumerate(zip(urls, found, strict=True)):
        if destination.secure is not found[0].secure:
            raise ValueError(
                f"--upstream {urls[0]!r} and {url!r}: give several that are all https or all not, or what one client"
                " sends would sometimes be encrypted and sometimes not"
            )
        if destination in found[:place]:
            raise ValueError(f"--upstream {url!r} is given twice: once is enough")
    return found


def upstream_at(url: str) -> Destination:
    """`http://127.0.0.1:9000`, `https://upstream.example` or `unix:/run/app.sock` as the place to connect to."""
    if url.lower().startswith(_UNIX):
        return _unix_socket(url)
    try:
        parts = urlsplit(url)
        port = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError as error:
        raise ValueError(f"--upstream {url!r} is no URL: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ValueError(f"--upstream takes a URL such as http://127.0.0.1:9000 or unix:/run/app.sock, not {url!r}")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"--upstream {url!r}: give scheme, host and port alone; the path is the client's to choose")
    if not _HOST.fullmatch(parts.hostname):
        raise ValueError(f"--upstream {url!r} names no host that one could connect to")
    secure = parts.scheme == "https"
    return Destination((parts.hostname, port or (443 if secure else 80)), secure, server_name=parts.hostname)


def _unix_socket(url: str) -> Destination:
    path = url[len(_UNIX) :]
    if not hasattr(socket, "AF_UNIX"):
        raise ValueError(f"--upstream {url!r}: this system has no Unix sockets; give an address such as 127.0.0.1:9000")
    if not path or path.startswith("//") or "\0" in path:
        raise ValueError(f"--upstream takes the path of a Unix socket such as unix:/run/app.sock, not {url!r}")
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise ValueError(
            f"--upstream {url!r}: the path of a Unix socket has at most {_LONGEST_PATH} bytes, and this one has"
            f" {len(os.fsencode(path))}; a shorter link to its folder helps"
        )
    return Destination(("localhost", 0), path=path)


def mark_down(text: str) -> MarkDown:
    """`3` or `3:30`: after so many failures in a row, for so many seconds."""
    found = re.fullmatch(r"(\d{1,9})(?::(\d{1,9}(?:\.\d{1,9})?))?", text.strip(), re.ASCII)
    if found is None:
        raise ValueError(f"--mark-down takes a number of failures, and seconds if need be, such as 3:30, not {text!r}")
    try:
        return MarkDown(int(found[1]), float(found[2])) if found[2] else MarkDown(int(found[1]))
    except ValueError as error:
        raise ValueError(f"--mark-down {text}: {error}") from None


def local_ports(text: str) -> range:
    """`40000-40099`, or one port."""
    found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", text.strip(), re.ASCII)
    if found is None:
        raise ValueError(f"--local-ports takes ports such as 40000-40099, not {text!r}")
    first, last = int(found[1]), int(found[2] or found[1])
    if not 0 < first <= last < 65_536:
        raise ValueError(f"--local-ports {text}: ports are numbers from 1 to 65535, the lower one first")
    return range(first, last + 1)
