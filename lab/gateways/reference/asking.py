"""How the upstream is asked on behalf of a client: the request for the next hop, and its exchange."""

from collections.abc import Callable

from lab.gateways.reference.client import Client
from lab.gateways.reference.exchange import Exchange
from lab.gateways.reference.pool import Pool
from lab.gateways.reference.recipient import Recipient
from lab.gateways.reference.request_fields import outgoing
from lab.gateways.reference.settings import Settings, authority
from lab.h1 import Fields


class Asking:
    """`default_authority`: whom a request asks that names nobody. `log` is told each repair, a line each."""

    def __init__(self, settings: Settings, pool: Pool, log: Callable[[str], None]) -> None:
        self.default_authority = authority(settings.upstreams[0]) if settings.upstreams else ""
        self._settings = settings
        self._pool = pool
        self._log = log

    async def ask(
        self, client: Client, recipient: Recipient, method: bytes, fields: Fields, authority: bytes = b""
    ) -> None:
        """What the client asks, but with this method and these field lines; the recipient gets the response. Raises
        Failure, also after the response has begun, and whatever the recipient raises. `authority`: the one that the
        client names, as it is to be written; empty: as the client wrote it."""
        authority = authority or client.front.authority or self.default_authority.encode()
        request = outgoing(client.front, method, fields, self._settings.name, authority)
        await Exchange(client, recipient, request, self._pool, self._settings, self._log).run()
