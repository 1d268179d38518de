"""The content of a request, sent to the upstream while it comes from the client."""

import asyncio

from lab.gateways.reference.client import Client
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.front import ClientGone
from lab.gateways.reference.request_fields import trailing_lines
from lab.rfc.conditions import Condition


class Upload:
    """`begun`: the client has been asked for its content. `running`: it is being sent, or will be. `sent`: all of it.
    `failure`: why not, where the upstream is to blame."""

    def __init__(self, connection: UpstreamConnection, client: Client, seconds: float) -> None:
        self.sent = client.front.length == 0
        self.failure: Failure | None = None
        self._connection = connection
        self._client = client
        self._chunked = client.front.length is None
        self._seconds = seconds
        self._patience: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def begun(self) -> bool:
        return self._task is not None

    @property
    def waiting(self) -> bool:
        """Whether the content still waits for the upstream to say that it wants it."""
        return self._patience is not None

    @property
    def running(self) -> bool:
        return self.waiting or (self._task is not None and not self._task.done())

    def start(self, patience: float | None) -> None:
        """Send the content; the connection wakes up when that is over. With patience, wait so many seconds for
        `go_on` before, unless the client does not wait either: what has come anyway is sent on."""
        if self.sent:
            return
        loop = asyncio.get_running_loop()
        if patience is not None:
            self._patience = loop.call_later(patience, self.go_on)
            self._client.front.await_content(self.go_on)
            return
        self._task = loop.create_task(self._send())
        self._task.add_done_callback(lambda _: self._connection.wake())

    def go_on(self) -> bool:
        """The content waits no longer. Gives whether it did."""
        if self._patience is None:
            return False
        self._patience.cancel()
        self._patience = None
        self.start(None)
        return True

    async def finish(self) -> None:
        """Wait until all is sent, or cannot be."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def stop(self) -> None:
        """Send no more."""
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _send(self) -> None:
        try:
            async for data in self._client.content():
                if self._connection.lost.done():
                    return
                self._connection.write(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)
                await self._connection.drain(self._seconds)
            if self._chunked:
                self._connection.write(b"0\r\n" + trailing_lines(self._client.front) + b"\r\n")
            self.sent = True
        except ClientGone:
            return
        except TimeoutError:
            details = f"the upstream took nothing more of the request for {self._seconds:g} s"
            self.failure = Failure(Condition.WRITE_TIMEOUT, details)
