"""The builders: right by name (as hyperframe and hpack read them), wrong by hand, and checking nothing."""

import hpack
import pytest
from hyperframe.frame import Frame
from hypothesis import given
from hypothesis import strategies as st

from lab import h2
from lab.h2 import ErrorCode, FrameType, Setting


def parsed(octets: bytes) -> Frame:
    frame, length = Frame.parse_frame_header(memoryview(octets[:9]))
    frame.parse_body(memoryview(octets[9 : 9 + length]))
    assert len(octets) == 9 + length
    return frame


@pytest.mark.parametrize(
    ("octets", "attributes"),
    [
        (h2.settings({Setting.ENABLE_PUSH: 0}), {"settings": {2: 0}, "stream_id": 0}),
        (h2.settings(ack=True), {"settings": {}, "flags": {"ACK"}}),
        (h2.data(5, b"hi", end_stream=True), {"data": b"hi", "stream_id": 5, "flags": {"END_STREAM"}}),
        (h2.data(5, b"hi", padding=4), {"data": b"hi", "pad_length": 4}),
        (h2.headers(1, b"block", end_headers=False), {"data": b"block", "flags": set()}),
        (h2.headers(1, b"block", priority=(3, 200)), {"depends_on": 3, "stream_weight": 200, "data": b"block"}),
        (h2.continuation(1, b"block"), {"data": b"block", "flags": {"END_HEADERS"}}),
        (h2.rst_stream(3, ErrorCode.REFUSED_STREAM), {"error_code": 7, "stream_id": 3}),
        (h2.goaway(ErrorCode.INTERNAL_ERROR, 9, b"why"),
         {"error_code": 2, "last_stream_id": 9, "additional_data": b"why"}),
        (h2.ping(b"12345678", ack=True), {"opaque_data": b"12345678", "flags": {"ACK"}}),
        (h2.window_update(0, 77), {"window_increment": 77}),
        (h2.push_promise(1, 2, b"block"), {"promised_stream_id": 2, "data": b"block"}),
    ],
)  # fmt: skip
def test_a_frame_is_what_it_is_called(octets: bytes, attributes: dict[str, object]) -> None:
    frame = parsed(octets)
    found = {name: set(frame.flags) if name == "flags" else getattr(frame, name) for name in attributes}
    assert found == attributes


def test_a_preface_is_the_octets_and_settings() -> None:
    assert h2.preface() == b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\x04\0\0\0\0\0"


def test_a_length_may_lie_and_anything_can_be_sent() -> None:
    assert h2.frame(0x42, 0xFF, 2**32 - 1, b"x", length=9) == b"\0\0\x09\x42\xff\xff\xff\xff\xffx"


@given(st.lists(st.tuples(st.binary(max_size=300), st.binary(max_size=5_000))))
def test_field_blocks_say_what_was_given(pairs: list[tuple[bytes, bytes]]) -> None:
    decoded = hpack.Decoder(max_header_list_size=2**30).decode(h2.field_block(pairs), raw=True)
    assert [(bytes(name), bytes(value)) for name, value in decoded] == pairs


def test_field_blocks_can_be_read_in_a_script() -> None:
    assert h2.field_block({b":status": b"200", b"room": b"7"}) == b"\0\x07:status\x03200\0\x04room\x017"


def test_numbers_have_their_names() -> None:
    assert h2.name_of(0x8, ErrorCode) == "CANCEL"
    assert h2.name_of(0x88, ErrorCode) == "0x88"
    assert str(FrameType.GOAWAY.clause) == "RFC 9113, 6.8"
