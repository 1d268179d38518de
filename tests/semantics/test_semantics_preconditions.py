import pytest

from lab.h1 import Field, Fields
from lab.semantics.etags import EntityTag, entity_tag
from lab.semantics.preconditions import Validators, if_range, refusal

ETAG = '"a,b"'
WRITTEN = 784_111_777
CURRENT = Validators(EntityTag(b"a,b"), WRITTEN, settled=True)
AT, BEFORE, AFTER = (f"Sun, 06 Nov 1994 08:49:{second} GMT" for second in (37, 36, 38))


def status_of(method: str, conditions: dict[str, str], current: Validators | None = CURRENT) -> int | None:
    fields = Fields(Field(name.encode(), value.encode()) for name, value in conditions.items())
    return refusal(method.encode(), fields, current, WRITTEN)


@pytest.mark.parametrize(
    ("value", "matches"),
    [
        ('"a,b"', True), ('W/"a,b"', True), ('"x", "a,b"', True), ('"x","a,b" ,W/"y"', True), ("*", True),
        (" * ", True), ('"x"', False), ("a,b", False), ("", False), ('"A,B"', False), ('"*"', False), ("*, *", False),
        ('"a', False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_if_none_match_compares_weakly(method: str, value: str, matches: bool) -> None:
    """RFC 9110, 13.1.2."""
    expected = (412 if method == "PUT" else 304) if matches else None
    assert status_of(method, {"if-none-match": value}) == expected


@pytest.mark.parametrize(
    ("value", "matches"), [('"a,b"', True), ('"x", "a,b"', True), ("*", True), ('W/"a,b"', False), ('"x"', False)]
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_if_match_compares_strongly(method: str, value: str, matches: bool) -> None:
    """RFC 9110, 13.1.1."""
    assert status_of(method, {"if-match": value}) == (None if matches else 412)


@pytest.mark.parametrize(
    ("date", "status"), [(AT, 304), (AFTER, 304), (BEFORE, None), ("yesterday", None), (f"{AT}, {AT}", None)]
)
def test_if_modified_since(date: str, status: int | None) -> None:
    """RFC 9110, 13.1.3."""
    assert status_of("GET", {"if-modified-since": date}) == status


def test_if_modified_since_is_for_get_and_head_only() -> None:
    assert status_of("HEAD", {"if-modified-since": AT}) == 304
    assert status_of("PUT", {"if-modified-since": AT}) is None


@pytest.mark.parametrize(("date", "status"), [(AT, None), (AFTER, None), (BEFORE, 412), ("yesterday", None)])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_if_unmodified_since(method: str, date: str, status: int | None) -> None:
    """RFC 9110, 13.1.4."""
    assert status_of(method, {"if-unmodified-since": date}) == status


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        ({"if-none-match": '"x"', "if-modified-since": AT}, None),
        ({"if-none-match": ETAG, "if-modified-since": BEFORE}, 304),
        ({"if-match": ETAG, "if-unmodified-since": BEFORE}, None),
        ({"if-match": '"x"', "if-unmodified-since": AT}, 412),
        ({"if-match": '"x"', "if-none-match": ETAG}, 412),
        ({"if-match": ETAG, "if-none-match": ETAG}, 304),
        ({"if-unmodified-since": BEFORE, "if-modified-since": AT}, 412),
        ({"if-unmodified-since": AT, "if-modified-since": AT}, 304),
        ({}, None),
    ],
)
def test_the_order_of_the_conditions(conditions: dict[str, str], status: int | None) -> None:
    """RFC 9110, 13.2.2."""
    assert status_of("GET", conditions) == status


@pytest.mark.parametrize(
    ("condition", "status"),
    [("if-match", 412), ("if-none-match", None), ("if-modified-since", None), ("if-unmodified-since", None)],
)
@pytest.mark.parametrize("value", ["*", ETAG, AT])
def test_where_nothing_is_there_yet(condition: str, value: str, status: int | None) -> None:
    assert status_of("PUT", {condition: value}, None) == status


def test_a_representation_without_validators_exists_all_the_same() -> None:
    assert status_of("GET", {"if-none-match": "*"}, Validators()) == 304
    assert status_of("GET", {"if-none-match": ETAG}, Validators()) is None
    assert status_of("GET", {"if-match": ETAG}, Validators()) == 412
    assert status_of("GET", {"if-modified-since": AFTER}, Validators()) is None
    assert status_of("GET", {"if-unmodified-since": BEFORE}, Validators()) is None


def test_two_lines_of_a_date_are_ignored() -> None:
    fields = Fields([Field(b"If-Modified-Since", AT.encode())] * 2)
    assert refusal(b"GET", fields, CURRENT, WRITTEN) is None


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        (ETAG, True), ('"x"', False), (f"W/{ETAG}", False), (f'{ETAG}, "x"', False), ("*", False), (AT, True),
        (AFTER, False), (BEFORE, False), ("", False), ("a,b", False),
    ],
)  # fmt: skip
def test_if_range(value: str, counts: bool) -> None:
    """RFC 9110, 13.1.5."""
    assert if_range([value.encode()], CURRENT, WRITTEN) is counts


def test_if_range_wants_strong_validators() -> None:
    assert not if_range([AT.encode()], Validators(None, WRITTEN, settled=False), WRITTEN)
    assert not if_range([b'W/"a"'], Validators(entity_tag(b'W/"a"')), WRITTEN)
    assert not if_range([b'"a"'], Validators(entity_tag(b'W/"a"')), WRITTEN)
    assert not if_range([ETAG.encode()] * 2, CURRENT, WRITTEN)
    assert if_range([], Validators(), WRITTEN)
