import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.semantics.ranges import byte_ranges, content_range

MANY_NINES = b"9" * 10_000  # more digits than int() takes


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"bytes=0-4", [(0, 5)]), (b"bytes=0-0,-1", [(0, 1), (9, 10)]), (b"bytes=5-", [(5, 10)]),
        (b"bytes=-3", [(7, 10)]), (b"Bytes= 0-1 ,\t3-4 ", [(0, 2), (3, 5)]),
        (b"bytes=,0-1,,", [(0, 2)]), (b"bytes=007-0008", [(7, 9)]),
        (b"bytes=8-99", [(8, 10)]), (b"bytes=-99", [(0, 10)]), (b"bytes=0-" + MANY_NINES, [(0, 10)]),
        (b"bytes=-" + MANY_NINES, [(0, 10)]), (b"bytes=3-4,99-", [(3, 5)]), (b"bytes=5-6,0-1", [(5, 7), (0, 2)]),
        (b"bytes=0-3,1-4", [(0, 4), (1, 5)]),
    ],
)  # fmt: skip
def test_ranges_of_ten_octets(value: bytes, expected: list[tuple[int, int]]) -> None:
    """RFC 9110, 14.1.2."""
    assert byte_ranges(value, 10) == tuple(range(*each) for each in expected)


@pytest.mark.parametrize("value", [b"bytes=10-", b"bytes=10-12", b"bytes=-0", b"bytes=" + MANY_NINES + b"-"])
def test_what_is_not_satisfiable(value: bytes) -> None:
    assert byte_ranges(value, 10) == ()


@pytest.mark.parametrize(
    "value",
    [
        b"", b"bytes", b"bytes=", b"bytes=,", b"bytes=-", b"bytes=a-b", b"bytes=4-3", b"bytes=1--2", b"bytes=--1",
        b"lines=0-1", b"bytes 0-1", b"bytes=0-1;2-3", b"bytes=0 - 1", b"bytes=+1-2", b"bytes=0x1-2",
        b"bytes=0-1, x", b"bytes=0-1\n",
        b"bytes=2" + MANY_NINES + b"-1" + MANY_NINES, b"bytes=0-3,1-4,2-5", b"bytes=" + b"0-0," * 17,
        b"bytes=" + b"," * 99_999, b"bytes=\xb2-",
    ],
)  # fmt: skip
def test_what_is_ignored(value: bytes) -> None:
    """Invalid, unknown, or one of the signs of a broken client that RFC 9110, 14.2, names."""
    assert byte_ranges(value, 10) is None


@pytest.mark.parametrize("value", [b"bytes=0-", b"bytes=-1"])
def test_no_content_has_no_ranges(value: bytes) -> None:
    assert byte_ranges(value, 0) is None


def test_content_range() -> None:
    assert content_range(range(42, 1234), 1234) == b"bytes 42-1233/1234"
    assert content_range(None, 1234) == b"bytes */1234"


@given(st.text("bytes=-,0123456789 ").map(lambda text: b"bytes=" + text.encode()), st.integers(0, 2**70))
def test_every_range_lies_within_the_content(value: bytes, length: int) -> None:
    for part in byte_ranges(value, length) or ():
        assert 0 <= part.start < part.stop <= length
