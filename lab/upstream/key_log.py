"""The secrets of the lab's own TLS connections, so that what is kept of the wire can be decrypted.

OpenSSL tells them to a file only, and only as a whole context does; contexts are shared by the whole process. So a
context logs for the length of one step of one handshake, into a file that nobody else has: in memory where the system
can do that, and then a process that is killed leaves nothing behind.
"""

import contextlib
import os
import ssl
import tempfile
import threading
from collections.abc import Iterator
from typing import NamedTuple

_ONE_AT_A_TIME = threading.Lock()
_MOST = 1 << 16


@contextlib.contextmanager
def key_log(context: ssl.SSLContext) -> Iterator[list[str]]:
    """Within the block one connection of this context gets on with its handshake; after it the list has the lines that
    this has brought, in the format of NSS. None, where no such file can be had."""
    lines: list[str] = []
    with _ONE_AT_A_TIME:
        log = _begin(context)
        try:
            yield lines
        finally:
            if log is not None:
                context.keylog_filename = None  # type: ignore[assignment]  # typeshed does not know that this ends it
                lines += log.end()


def _begin(context: ssl.SSLContext) -> "_File | None":
    """The file in which this context logs from now on."""
    try:
        log = _in_memory() if hasattr(os, "memfd_create") else _File(*tempfile.mkstemp(prefix="lab-"), temporary=True)
    except OSError:
        return None
    try:
        context.keylog_filename = log.path
    except OSError:
        log.end()
        return None
    return log


class _File(NamedTuple):
    """`file`: its descriptor. `temporary`: it is a file that others could see."""

    file: int
    path: str
    temporary: bool

    def end(self) -> list[str]:
        """Do away with it. Gives the lines that were in it."""
        os.lseek(self.file, 0, os.SEEK_SET)
        lines = os.read(self.file, _MOST).decode("ascii").splitlines()
        os.close(self.file)
        if self.temporary:  # only now: Windows keeps a file that is open
            os.unlink(self.path)
        return [line for line in lines if not line.startswith("#")]


def _in_memory() -> _File:
    file = os.memfd_create("key log")
    return _File(file, f"/proc/self/fd/{file}", temporary=False)
