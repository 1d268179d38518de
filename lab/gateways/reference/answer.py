"""The upstream's response to one request, read piece by piece: strictly, or with the repairs that a clause allows."""

import asyncio
import re
from dataclasses import dataclass, field, replace

from lab import h1
from lab.gateways.reference.connection import UpstreamConnection
from lab.gateways.reference.failure import Failure
from lab.gateways.reference.front import ClientGone
from lab.gateways.reference.refusal import refusal
from lab.gateways.reference.request_fields import Outgoing
from lab.gateways.reference.settings import Settings
from lab.gateways.reference.upload import Upload
from lab.rfc.conditions import Condition

NO_FIELDS = h1.Fields()

_IGNORED_LINES = frozenset({h1.Kind.NO_COLON, h1.Kind.NAME_INVALID})
_FRAMING = re.compile(rb"[^a-z]*(?:content[^a-z]*length|transfer[^a-z]*encoding)", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """What became known of the response at once. `head`: of the final response; where that is a 101, `content` is the
    beginning of what follows it. `complete`: this was the last part, and has the trailer fields, if there are any.
    `failure`: there will be no more, and it is not complete. `repairs`: what had to be repaired, the first of each
    kind in the response.
    """

    interim: list[h1.Head] = field(default_factory=list)
    head: h1.Head | None = None
    content: bytes = b""
    complete: bool = False
    trailers: h1.Fields = NO_FIELDS
    failure: Failure | None = None
    repairs: list[h1.Anomaly] = field(default_factory=list)


class Answer:
    """`reusable`: the response is complete, and the connection can carry another request. It cannot where anything
    had to be repaired: what this upstream means by its octets is then no longer sure enough to find the beginning of
    another response in them (RFC 9112, 6.1, 6.3)."""

    def __init__(
        self,
        connection: UpstreamConnection,
        request: Outgoing,
        upload: Upload,
        gone: asyncio.Event,
        settings: Settings,
    ) -> None:
        self.reusable = False
        self._connection = connection
        self._upload = upload
        self._gone = gone
        self._strict = settings.strict
        self._limits = settings.limits
        self._timeouts = settings.timeouts
        self._offered = request.upgrade
        self._reader = h1.Reader(
            method=request.method, upgrade=bool(request.upgrade), limits=settings.limits, strict=settings.strict
        )
        self._told = 0
        self._repaired: set[h1.Kind] = set()
        self._interim = self._begun = False
        self._waited = 0.0
        self._head: h1.Head | None = None

    async def next(self) -> Part:
        """The next part, as soon as there is one. What arrived together is one part. Raises ClientGone."""
        while True:
            if self._gone.is_set():
                raise ClientGone("the client left before its response was complete")
            if data := self._connection.take():
                self._begun = True
                self._reader.feed(data)
                if (part := self._part()) is not None:
                    return part
            elif self._connection.ended:
                self._reader.close(clean=self._connection.clean)
                return self._part() or Part(failure=self._unfinished(Condition.INCOMPLETE, ""))
            elif self._upload.failure is not None:
                return Part(failure=self._named(self._upload.failure))
            elif (late := await self._wait()) is not None:
                return Part(failure=self._named(late))

    def _part(self) -> Part | None:
        """The events that there are now, as one part; None where they say nothing yet."""
        events = list(self._reader.events())
        if not events:
            return None
        part = Part()
        for event in events:
            self._take(event, part)
        pieces = [event.data for event in events if isinstance(event, h1.Content | h1.Tunnelled)]
        part.content = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        part.repairs = self._repairs()
        return part

    def _take(self, event: h1.Event, part: Part) -> None:
        match event:
            case h1.Head(final=False):
                part.interim.append(event)
                self._interim, self._begun = True, False  # the upstream is at work, and may take its time once more
            case h1.Head():
                self._head = event
                part.failure = self._switch_fault(event) if event.status == 101 else self._end_in_doubt(event)
                part.head = event if 100 <= event.status <= 599 else replace(event, status=500)  # RFC 9110, 15
            case h1.Trailers():
                part.trailers = event.fields
            case h1.End(complete=True):
                part.complete = True
                self.reusable = self._persists()
            case h1.End():
                part.failure = self._unfinished(Condition(event.condition), event.why)
            case h1.Broken():
                part.failure = self._named(refusal(event.anomaly, self._limits))
            case h1.Surplus():
                self.reusable = False

    def _switch_fault(self, head: h1.Head) -> Failure | None:
        """What keeps the client from switching with the upstream (RFC 9110, 7.8)."""
        if self._upload.waiting:
            return self._named(Failure(Condition.PROTOCOL, "a 101 came before the 100 that it must follow"))
        named = head.fields.members(b"upgrade")
        others = [protocol for protocol in named if not offered(protocol, self._offered)]
        if not others:
            return None
        shown = b", ".join(others).decode("latin-1")
        return self._named(Failure(Condition.PROTOCOL, f"the 101 switches to what was not offered: {shown}"))

    def _end_in_doubt(self, head: h1.Head) -> Failure | None:
        """A line that a repair ignored, but that may have said where the response ends. Whoever ignores it may send on
        less than the response, or more, as if it were complete: that is no recovery (RFC 9110, 2.4)."""
        if head.framing.kind is h1.FramingKind.NONE:
            return None
        section = range(head.offset, head.offset + len(head.raw))
        for anomaly in self._reader.anomalies:
            if anomaly.kind in _IGNORED_LINES and anomaly.offset in section and _FRAMING.match(anomaly.name):
                return self._named(Failure(Condition.PROTOCOL, str(anomaly)))
        return None

    def _repairs(self) -> list[h1.Anomaly]:
        """What is new since this was last asked, was repaired, and is the first of its kind."""
        found = self._reader.anomalies
        if self._strict or len(found) == self._told:
            return []
        new: list[h1.Anomaly] = []
        for anomaly in found[self._told :]:
            if not (anomaly.fatal or anomaly.kind is h1.Kind.SURPLUS or anomaly.kind in self._repaired):
                self._repaired.add(anomaly.kind)
                new.append(anomaly)
        self._told = len(found)
        return new

    def _persists(self) -> bool:
        head = self._head
        persists = head is not None and head.persistent and head.version != b"1.0" and self._upload.sent
        return persists and not self._reader.anomalies

    def _unfinished(self, condition: Condition, why: str) -> Failure:
        """The connection ended, and the response is not complete. An alert says more than that."""
        if self._connection.failure is not None:
            return self._named(self._connection.failure)
        if condition is Condition.NO_BYTE:
            why = "no byte of a response came"
            condition = Condition.NO_BYTE if self._upload.sent else Condition.WRITE_FAILED
        elif self._interim and self._head is None and not self._reader.left:
            why = "only interim responses came"
        return self._named(Failure(condition, "; ".join(filter(None, (why, self._connection.how)))))

    def _named(self, failure: Failure) -> Failure:
        if self._head is not None:
            failure.received_status = self._head.status
        return failure

    async def _wait(self) -> Failure | None:
        """Until something happens, or the time-out of this phase is over. While the request is being sent, its own
        time-out runs."""
        if self._upload.running:
            await self._connection.changed(None)
            return None
        limit = self._limit()
        loop = asyncio.get_running_loop()
        since = loop.time()
        try:
            await self._connection.changed(limit[0])
        except TimeoutError:
            return Failure(limit[1], limit[2])
        finally:
            self._waited += loop.time() - since
        return None

    def _limit(self) -> tuple[float, Condition, str]:
        """The time-out that is over first: seconds, what it means, and in words."""
        times = self._timeouts
        if times.response - self._waited <= (times.read if self._begun else times.first_byte):
            details = f"the response was not complete after {times.response:g} s"
            return times.response - self._waited, Condition.RESPONSE_TIMEOUT, details
        if self._begun:
            return times.read, Condition.READ_TIMEOUT, f"nothing more came for {times.read:g} s"
        nothing = "only interim responses came, and then nothing" if self._interim else "nothing came"
        return times.first_byte, Condition.FIRST_BYTE_TIMEOUT, f"{nothing} for {times.first_byte:g} s"


def offered(protocol: bytes, offers: tuple[bytes, ...]) -> bool:
    """Whether a protocol is one of those offered, without regard to case; where one of the two leaves the version out,
    by name (RFC 9110, 7.8)."""
    name, _, version = protocol.lower().partition(b"/")
    return any(
        name == offered_name and (not version or not offered_version or version == offered_version)
        for offered_name, _, offered_version in (offer.lower().partition(b"/") for offer in offers)
    )
