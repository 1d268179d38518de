"""Applications behind the front that more than one test watches."""

import asyncio
from typing import Any

from tests.front.wire import Application, answering, front_of

OK = answering(200, content=b"ok")


class Holding:
    """It is asked, and waits to be told before it does what `then` does."""

    def __init__(self, then: Application = OK) -> None:
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()
        self._then = then

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.asked.set()
            await self.go_on.wait()
            await self._then(scope, receive, send)


class Counting:
    """It reads all the content before it answers. `total`: the octets of it."""

    def __init__(self) -> None:
        self.total = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            more = True
            while more:
                message = await receive()
                self.total += len(message["body"])
                more = message["more_body"]
            await OK(scope, receive, send)


class Deserted:
    """It reads until nobody is there any more. `told`: that has come; `refused`: because the request was refused."""

    def __init__(self) -> None:
        self.told = asyncio.Event()
        self.refused = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            while (await receive())["type"] != "http.disconnect":
                pass
            assert front_of(scope).disconnected.is_set()
            self.refused = front_of(scope).refused
            self.told.set()
