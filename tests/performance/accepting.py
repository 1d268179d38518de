"""What gateways that were made for tests have in common while they run."""

import asyncio

from lab.gateways import Address
from lab.serving.sockets import listening_socket


class Accepting:
    """Takes connections, each in a task of its own, until it is stopped. Who inherits says in `serve` what happens on
    one."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.address: Address = ("", 0)
        self.serving: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        sock = listening_socket()
        self.address = sock.getsockname()
        self.server = await asyncio.start_server(self.begin, sock=sock)

    async def stop(self) -> None:
        self.server.close()
        for task in tuple(self.serving):
            task.cancel()
        await asyncio.gather(*self.serving, return_exceptions=True)
        await asyncio.sleep(0)

    def begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self.serve(reader, writer))
        self.serving.add(task)
        task.add_done_callback(self.serving.discard)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError
