"""A line for every answer, for those who operate a gateway: who asked what, what went back, how long it took."""

from collections.abc import Callable, Iterable
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from lab.gateways.reference.client import Client, Message
from lab.gateways.reference.failure import shown
from lab.serving.addresses import host_and_port

Log = Callable[[str], None]

_LONGEST_MEMBER = 400  # characters of one of Cache-Status: more than a cache of ours writes


def telling_answers(application: ASGIApp, log: Log, name: str) -> ASGIApp:
    """The application of the gateway of this name, with `log` told of each answer when it is over. (A header section
    that the front refuses never comes here.)"""

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        answer, began = _Answer(send, name), monotonic()
        try:
            await application(scope, receive, answer.send)
        finally:
            client = Client(scope, receive, send)
            says = "refused while it was read" if client.front.refused else answer.says  # the front has told why
            who = host_and_port(scope["client"] or ("somebody", 0))
            took = (monotonic() - began) * 1000
            log(f"{who} {client.asked} HTTP/{client.front.version}: {says}, {took:.0f} ms")

    return told


class _Answer:
    """Counts what is sent, and sends it on. `name`: of the gateway in Cache-Status."""

    def __init__(self, send: Send, name: str) -> None:
        self._send = send
        self._member = f"{name};".encode()
        self._status: int | None = None
        self._of_the_cache = ""
        self._octets = 0
        self._complete = False

    async def send(self, message: Message) -> None:
        await self._send(message)
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._note_cache_status(message["headers"])
        elif message["type"] == "http.response.body":
            self._octets += len(message.get("body", b""))
            self._complete = not message.get("more_body", False)

    @property
    def says(self) -> str:
        """`200, 5 bytes`, with a cache `200, 5 bytes, hit;ttl=60`; where there was no response of HTTP (a switch of
        protocols, or nobody to answer), that."""
        if self._status is None:
            return "no final response"
        return f"{self._status}, {self._octets:,} bytes{'' if self._complete else ', incomplete'}{self._of_the_cache}"

    def _note_cache_status(self, fields: Iterable[tuple[bytes, bytes]]) -> None:
        """What this gateway itself says there, in the last of its lines: a hit, or why it asked (RFC 9211, 2)."""
        for field_name, value in fields:
            if field_name.lower() == b"cache-status" and value.startswith(self._member):
                self._of_the_cache = f", {shown(value[len(self._member) :].decode('latin-1'), _LONGEST_MEMBER)}"
