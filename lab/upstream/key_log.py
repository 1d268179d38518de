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

_ONE_AT_A_TIME = threading.Lock()
_MOST = 1 << 16


@contextlib.contextmanager
def key_log(context: ssl.SSLContext) -> Iterator[list[str]]:
    """Within the block one connection of this context gets on with its handshake; after it the list has the lines that
    this has brought, in the format of NSS. None, where no such file can be had."""
    lines: list[str] = []
    with _ONE_AT_A_TIME, contextlib.ExitStack() as leaving:
        file = _logging(context, leaving)
        try:
            yield lines
        finally:
            context.keylog_filename = None  # type: ignore[assignment]  # typeshed does not know that this ends it
            if file is not None:
                lines += _lines(file)


def _logging(context: ssl.SSLContext, leaving: contextlib.ExitStack) -> int | None:
    """The file in which this context logs from now on."""
    with contextlib.suppress(OSError):
        file, path = _file(leaving)
        context.keylog_filename = path
        return file
    return None


def _file(leaving: contextlib.ExitStack) -> tuple[int, str]:
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("key log")
        leaving.callback(os.close, file)
        return file, f"/proc/self/fd/{file}"
    file, path = tempfile.mkstemp(prefix="lab-")
    leaving.callback(os.unlink, path)  # last: Windows keeps a file that is open
    leaving.callback(os.close, file)
    return file, path


def _lines(file: int) -> list[str]:
    os.lseek(file, 0, os.SEEK_SET)
    return [line for line in os.read(file, _MOST).decode("ascii").splitlines() if not line.startswith("#")]
