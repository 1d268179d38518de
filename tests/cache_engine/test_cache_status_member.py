"""What this cache says of itself (RFC 9211), and what it keeps of a stored response across a restart."""

from typing import cast

import http_sf
import pytest

from lab.gateways.reference.cache.engine import Instant, Stored
from lab.gateways.reference.cache.engine.cache_status import forwarded, hit, with_collapsed
from lab.rfc.cache_status import CACHE_PARAMETERS
from tests.cache_engine.speaking import Cache, at, get

KEYS = [b"http://a/", b'http://a/"\\', b"http://a/\xff\x00\r\n", b"http://a/" + b"x" * 10_000, b""]


def read(member: bytes) -> dict[str, object]:
    ((_, parameters),) = cast(list[tuple[object, dict[str, object]]], http_sf.parse(member, tltype="list"))
    return parameters


@pytest.mark.parametrize("key", KEYS)
def test_every_key_can_be_written(key: bytes) -> None:
    asked = forwarded("cache", "stale", key, detail="x")
    shared, alone = with_collapsed(asked, True), with_collapsed(asked, False)
    for member in (hit("cache", 1.5, key, "max-stale"), asked, shared, alone):
        assert http_sf.ser(http_sf.parse(member, tltype="list")).encode() == member
        shown = read(member)["key"]
        assert isinstance(shown, str)
        assert len(shown) < 1_000


@pytest.mark.parametrize(("seconds", "ttl"), [(0.9, 0), (60.0, 60), (-0.1, -1), (1e300, 999_999_999_999_999)])
def test_ttl_is_a_whole_number_of_seconds_left(seconds: float, ttl: int) -> None:
    assert read(hit("cache", seconds, b""))["ttl"] == ttl


def test_all_eight_parameters() -> None:
    asked = forwarded("cache", "stale", b"k", status=304, ttl=5, stored=False, detail="x")
    said = read(with_collapsed(asked, True)) | read(hit("cache", 5, b"k"))
    assert set(said) == set(CACHE_PARAMETERS)
    assert read(with_collapsed(asked, False))["collapsed"] is False


def test_the_members_of_caches_before_this_one_stay() -> None:
    cache = Cache()
    cache.fill("Cache-Control: max-age=60\nCache-Status: other; fwd=uri-miss")
    assert cache.serve(get(), 1).answer.fields.get(b"cache-status") == [
        b"other; fwd=uri-miss",
        b'cache;hit;ttl=59;key="http://example.com/"',
    ]


def test_a_stored_response_outlives_the_process() -> None:
    stored = Cache().fill("Cache-Control: max-age=60\nVary: A, B\nX: \xff\xfe\nAge: 7", "A: \xe9")
    assert stored is not None
    again = Stored.unpack(stored.pack(), lambda wall: wall - at(0).wall + 5)
    assert again.received_at == Instant(at(0).wall, 5)
    assert again.age(Instant(0, 15)) == 17
    assert Stored.unpack(stored.pack(), lambda wall: 1_000.0) == stored


@pytest.mark.parametrize(
    "packed", [b"", b"{}", b"[]", b"[2]", b"1", b"\xff", b"[" * 100_000, b"[1,1,1,1,1,1,1,1,1,1,1,1,1]", b"null"]
)
def test_what_is_no_stored_response_is_said_so(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Stored.unpack(packed)
