"""h2, the state of a connection and of its streams, bent where it treats a client too hard or trusts it too far."""

from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import Event, RequestReceived, TrailersReceived
from h2.exceptions import NoSuchStreamError, ProtocolError, StreamClosedError
from h2.settings import SettingCodes, Settings
from hpack import Decoder, Encoder, HPACKDecodingError, HPACKError, OversizedHeaderListError
from hyperframe.frame import DataFrame, Frame

from lab.gateways.reference.front.http2.gate import ConnectionBroken
from lab.h2 import build
from lab.h2.codes import MOST_STREAMS, WINDOW, ErrorCode
from lab.h2.frames import PREFACE

Pairs = list[tuple[bytes, bytes]]

TABLE = 4_096
"""Octets of the table with which responses are compressed, however many the client would keep (RFC 7541, 4.2)."""

_CONFIG = H2Configuration(
    client_side=False,
    header_encoding=None,
    validate_inbound_headers=False,
    normalize_inbound_headers=False,
    validate_outbound_headers=False,
    normalize_outbound_headers=False,
)


class Machine(H2Connection):
    """`streams`: how many the client is told that it may have open; `section`: octets of a field section.

    Whether a request is malformed is not h2's to judge: it would end the connection for it. So field sections pass it
    by (`pairs_of`). More streams than it was allowed are the connection's to refuse, one by one.
    """

    MAX_CLOSED_STREAMS = 1_000

    def __init__(self, streams: int, section: int, most: int) -> None:
        super().__init__(_CONFIG)
        self.decoder = _Blind(most)
        self.encoder = _Bounded()
        said = {SettingCodes.MAX_CONCURRENT_STREAMS: streams, SettingCodes.MAX_HEADER_LIST_SIZE: section}
        self.local_settings = Settings(client=False, initial_values=said)
        self.initiate_connection()
        self.receive_data(PREFACE)  # the gate has seen that of the client
        self.local_settings.max_concurrent_streams = MOST_STREAMS
        self.local_settings.acknowledge()
        # The windows of the streams bound the memory. That of the connection never holds anybody up: it has room for
        # all of them, and for as much again, for h2 gives back only by halves what came for streams that are closed.
        self.increment_flow_control_window(2 * streams * WINDOW + WINDOW)
        self._owed = 0

    def events_of(self, frames: bytes) -> list[Event]:
        """What whole frames mean. Raises ConnectionBroken."""
        try:
            return self.receive_data(frames)
        except ProtocolError as error:
            raise ConnectionBroken(ErrorCode(error.error_code), _in_words(error)) from error

    def give_back(self, size: int) -> None:
        """So much of the connection's window is free again; the client is told from time to time."""
        self._owed += size
        if self._owed >= WINDOW:
            self.increment_flow_control_window(self._owed)
            self._owed = 0

    def is_closed(self, number: int) -> bool:
        """Whether nothing more can be said on this stream. The events that tell of it may not have been looked at."""
        stream = self.streams.get(number)
        return stream is None or stream.closed

    def last_words(self, code: ErrorCode, why: str, last: int) -> bytes:
        """What is still to be sent, with GOAWAY at its end. `last`: the last stream that was or may be processed."""
        octets = self.data_to_send()
        bare = build.goaway(code, self.highest_inbound_stream_id)  # h2's own, which does not say why
        return octets.removesuffix(bare) + build.goaway(code, last, why.encode())

    def _handle_data_on_closed_stream(
        self, events: list[Event], exc: StreamClosedError, frame: DataFrame
    ) -> tuple[list[Frame], list[Event]]:
        """h2 answers with RST_STREAM each time; but what was on its way when it was sent is to be discarded (RFC 9113,
        5.1), and to be told once is enough (5.4.2)."""
        told = not exc._events and self._stream_is_closed_by_reset(frame.stream_id)
        frames, events = super()._handle_data_on_closed_stream(events, exc, frame)
        return frames[:-1] if told else frames, events


def pairs_of(event: RequestReceived | TrailersReceived) -> Pairs:
    """The field section that came with it, as it came."""
    ((_, pairs),) = event.headers
    return pairs  # type: ignore[return-value]


def _in_words(error: ProtocolError) -> str:
    """h2 says no more than the number of a stream that it cannot find."""
    if isinstance(error, NoSuchStreamError):
        state = "closed" if isinstance(error, StreamClosedError) else "idle"
        return f"a frame on stream {error.stream_id}, which is {state}"
    return str(error)


class _NotDecodable(ProtocolError):
    error_code = ErrorCode.COMPRESSION_ERROR  # type: ignore[assignment]  # RFC 9113, 4.3; h2 calls it PROTOCOL_ERROR


class _Blind(Decoder):
    """Gives h2 each field section as one field in which it sees nothing to object to."""

    def __init__(self, most: int) -> None:
        super().__init__(max_header_list_size=most)
        self._updates = 0

    def decode(self, data: bytes, raw: bool = False) -> Any:
        self._updates = 0
        try:
            return [(b"", [(bytes(name), bytes(value)) for name, value in super().decode(data, raw=True)])]
        except OversizedHeaderListError:
            raise
        except (HPACKError, IndexError, ValueError) as error:
            raise _NotDecodable(f"a field section cannot be decoded: {error}") from error

    def _update_encoding_context(self, data: bytes | memoryview) -> int:
        """There are at most two of these in a block (RFC 7541, 4.2); each is an octet, and costs microseconds."""
        self._updates += 1
        if self._updates > 2:
            raise HPACKDecodingError("its table changes its size more than twice")
        return super()._update_encoding_context(data)


class _Bounded(Encoder):
    """Its table stays small, whatever the client asks for, and its octets as they are: the time that hpack takes for
    Huffman's code grows with the square of a value's length, to most of a second for a section of 60 kB."""

    def encode(self, headers: Any, huffman: bool = False) -> bytes:
        return super().encode(headers, huffman)

    @property
    def header_table_size(self) -> int:
        return self.header_table.maxsize

    @header_table_size.setter
    def header_table_size(self, value: int) -> None:
        bounded = min(value, TABLE)
        if bounded != self.header_table.maxsize:
            self.header_table.maxsize = bounded
            self.table_size_changes.append(bounded)
