"""The content of a request, sent to the upstream while it comes from the client."""

import asyncio
from collections.abc import AsyncIterator

from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.front import ClientGone
from lab.rfc.conditions import Condition

LAST_CHUNK = b"0\r\n\r\n"


class Upload:
    """`running`: it is being sent. `sent`: all of it. `failure`: why not, where the upstream is to blame."""

    def __init__(self, connection: UpstreamConnection, length: int | None, seconds: float) -> None:
        self.sent = length == 0
        self.failure: Failure | None = None
        self._connection = connection
        self._chunked = length is None
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    def start(self, content: AsyncIterator[bytes]) -> None:
        """Send what `content` yields; the connection wakes up when that is over."""
        if not self.sent:
            self._task = asyncio.get_running_loop().create_task(self._send(content))
            self._task.add_done_callback(lambda _: self._connection.wake())

    async def stop(self) -> None:
        """Send no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _send(self, content: AsyncIterator[bytes]) -> None:
        try:
            async for data in content:
                if self._connection.lost.done():
                    return
                self._connection.write(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)
                await self._connection.drain(self._seconds)
            if self._chunked:
                self._connection.write(LAST_CHUNK)
            self.sent = True
        except ClientGone:
            return
        except TimeoutError:
            details = f"the upstream took nothing more of the request for {self._seconds:g} s"
            self.failure = Failure(Condition.WRITE_TIMEOUT, details)
