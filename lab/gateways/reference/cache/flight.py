"""One request to the upstream, for as many clients as may share its response.

It is made in a task of its own: the client that caused it may go away, and what comes is stored all the same.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from functools import partial

from lab.gateways.reference.asking import Asking
from lab.gateways.reference.cache.body import Body, Reader
from lab.gateways.reference.cache.engine import (
    AskAgain,
    Asked,
    Fail,
    Forward,
    Reaction,
    Relay,
    Validated,
)
from lab.gateways.reference.cache.engine.cache_status import with_collapsed
from lab.gateways.reference.cache.landing import Arrived, Landing
from lab.gateways.reference.cache.parts import Parts, begun
from lab.gateways.reference.cache.sending import CACHE_STATUS, as_stored
from lab.gateways.reference.client import Client
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.front import ClientGone
from lab.gateways.reference.front.exchange import Notice
from lab.gateways.reference.recipient import ToClient
from lab.gateways.reference.request_fields import trailing
from lab.h1 import Field, Fields, Head
from lab.rfc.conditions import Condition

internal = logging.getLogger("lab.gateways.reference.cache")


class Discarded(Exception):
    """The rest of this response is of no use to anybody."""


class Flight:
    """The recipient of the response.

    `key`: under which it would be stored. `forward`: what is asked. `landing`: what has come of it, once that is known.
    `reader`: of the leader, where the content is being stored. `alone`: another response could not be shared. `kept`:
    the content of what is validated, by ident: it stays within reach, whatever becomes of the store meanwhile.

    Those who `join` learn the landing. The one who leads joins first; it gets None instead when the response was not to
    be stored, and has been sent to its client.
    """

    def __init__(
        self,
        asked: Asked,
        forward: Forward,
        leader: ToClient | None,
        parts: Parts,
        *,
        alone: bool = False,
    ) -> None:
        self.gone = Notice()
        self.key = parts.engine.key(asked)
        self.forward = forward
        self.alone = alone
        self.kept = {each.ident: parts.store.open(each) for each in forward.candidates}
        self.landing: Landing | None = None
        self.reader: Reader | None = None
        self._asked = asked
        self._leader = leader
        self._parts = parts
        self._asked_at = parts.now()
        self._again: Forward | None = None
        self._head: Head | None = None
        self._body: Body | None = None
        self._relaying = False  # to the leader, without storing
        self._waiting: list[asyncio.Future[Landing | None]] = []  # the leader's is the first

    # From those who want the response

    async def join(self, client: Client) -> Landing | None:
        """What has come of it, as soon as that is known. Raises ClientGone, and the Failure that ends a response which
        has been begun."""
        if self.landing is not None:
            return self.landing
        future: asyncio.Future[Landing | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        gone = client.front.disconnected
        gone.then = partial(self._leave, future)
        try:
            if gone.is_set():
                self._leave(future)
            return await future
        finally:
            gone.then = None

    def overtake(self) -> None:
        """Another request may have changed what is asked for: nothing that comes is stored."""
        self.forward = self.forward._replace(stores=False)

    @property
    def in_background(self) -> bool:
        """Whether it is made for no client."""
        return self._leader is None

    @property
    def abandoned(self) -> bool:
        """Whether every client that wanted it has gone: it is made for the store alone."""
        waited_for = any(not each.done() for each in self._waiting)
        return not (self.in_background or waited_for or (self._body is not None and self._body.read_by_some))

    @property
    def open(self) -> bool:
        """Whether others may still join: nothing has come yet, or content that is being stored."""
        body = self._body
        return self.landing is None or (body is not None and body.whole and not body.ended)

    def said(self, cache_status: bytes) -> bytes:
        """The member of Cache-Status for the leader."""
        cache_status = as_stored(cache_status, self._body)
        return with_collapsed(cache_status, False) if self.alone else cache_status

    # From the exchange

    @property
    def started(self) -> bool:
        return self.landing is not None

    async def interim(self, head: Head) -> None:
        if self._leader is not None:
            with contextlib.suppress(ClientGone):
                await self._leader.interim(head)

    async def start(self, head: Head) -> None:
        now = self._parts.now()
        reaction = self._parts.engine.answered(self._asked, self.forward, head, self._asked_at, now)
        if isinstance(reaction, AskAgain):
            self._again = reaction.forward
            raise Discarded
        if isinstance(reaction, Fail):
            raise Failure(Condition.PROTOCOL, reaction.reason, received_status=head.status, override=reaction.status)
        self._head = head
        if isinstance(reaction, Relay | Validated):
            await self._change_store(reaction, head)
        relayed = self._body is None and (isinstance(reaction, Relay) or _about_itself(reaction))
        self._relaying = relayed
        self._tell(Arrived(head, reaction, self._body, self._asked_at, now))
        if isinstance(reaction, Relay | Validated) and relayed:
            await self._start_relaying(head, self.said(reaction.cache_status))
        elif self._body is None:
            raise Discarded

    async def send(self, content: bytes) -> None:
        if self._body is None:
            assert self._leader is not None
            await self._leader.send(content)
        elif not await self._body.add(content):
            raise ClientGone("nobody wants the response any more")

    async def finish(self, content: bytes, trailers: Fields) -> None:
        if self._body is None:
            assert self._leader is not None
            await self._leader.finish(content, trailers)
            return
        if content:
            await self.send(content)
        assert self._head is not None
        self._body.complete(Fields(trailing(trailers, self._head.fields)))

    # The task

    async def fly(self, client: Client, asking: Asking, log: Callable[[str], None]) -> None:
        """Ask, once more without a condition if need be, and let everybody know what comes of it."""
        failure: Failure | None = None
        try:
            await self._ask(client, asking)
            if self._again is not None:
                self.forward, self._again, self._asked_at = self._again, None, self._parts.now()
                await self._ask(client, asking)
        except Failure as error:
            failure = error
        except ClientGone as error:
            failure = Failure(Condition.INTERNAL, str(error))
        except Exception:
            internal.exception("the cache failed at %s", client.asked)
            failure = Failure(Condition.INTERNAL, "its log says more")
        except asyncio.CancelledError:
            failure = Failure(Condition.INTERNAL, "the gateway is stopping")
            raise
        finally:
            self._over(failure)
        if self._leader is None and (why := str(failure or self._of_no_use())):
            log(f"{client.asked}: in the background: {why}")

    async def _ask(self, client: Client, asking: Asking) -> None:
        with contextlib.suppress(Discarded):
            await asking.ask(client, self, self.forward.method, self.forward.fields, self._asked.authority)

    async def _change_store(self, reaction: Relay | Validated, head: Head) -> None:
        for old, new in reaction.updates:
            await self._parts.store.update(old, new)
        if isinstance(reaction, Validated):
            return
        if reaction.store is not None:
            self._body = begun(self._parts.store, reaction.store, reaction.replaces, head)
            self._body.unwanted.then = self.gone.set
            if self._leader is not None and not self._leader.gone.is_set():
                self.reader = self._body.read()

    async def _start_relaying(self, head: Head, cache_status: bytes) -> None:
        if self._leader is None:
            raise Discarded
        if self._leader.gone.is_set():
            raise ClientGone("the client left before its response was complete")
        self._leader.appended = [Field(CACHE_STATUS, cache_status)]
        await self._leader.start(head)

    def _over(self, failure: Failure | None) -> None:
        """The exchange is over: nobody may wait for it any longer."""
        if self._body is not None and failure is not None:
            self._body.fail(failure)
        elif self.landing is None:
            self._tell(failure or Failure(Condition.INTERNAL, "no response came of it"))
        for future in self._waiting:  # the leader's, where the response was sent to it
            if not future.done():
                future.set_exception(failure) if failure is not None else future.set_result(None)

    def _of_no_use(self) -> str:
        """Why a response has not changed the store, in words; empty where it has."""
        if not isinstance(self.landing, Arrived) or self._body is not None:
            return ""
        head, reaction = self.landing.head, self.landing.reaction
        return "" if isinstance(reaction, Validated) else f"{head.status} replaces nothing: {reaction.reason}"

    def _tell(self, landing: Landing) -> None:
        self.landing = landing
        told = self._waiting[1:] if self._relaying and self._leader is not None else self._waiting
        for future in told:
            if not future.done():
                future.set_result(landing)

    def _leave(self, future: "asyncio.Future[Landing | None]") -> None:
        """A client has gone. The response is waited for nevertheless where it may be stored, or others wait."""
        if not future.done():
            future.set_exception(ClientGone("the client left before its response was complete"))
        nobody = all(each.done() for each in self._waiting)
        if self._relaying or (nobody and not self.forward.stores):
            self.gone.set()


def _about_itself(reaction: Reaction) -> bool:
    """Whether a 304 is an answer to the client's own condition alone, and to be sent on as it is."""
    return isinstance(reaction, Validated) and reaction.answer is None
