import pytest

from lab.origin.preconditions import outcome

ETAG = '"a,b"'
WRITTEN = 784_111_777
AT, BEFORE, AFTER = (f"Sun, 06 Nov 1994 08:49:{second} GMT" for second in (37, 36, 38))


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
    assert outcome(method, {"if-none-match": value}, ETAG, WRITTEN, WRITTEN) == expected


@pytest.mark.parametrize(
    ("value", "matches"), [('"a,b"', True), ('"x", "a,b"', True), ("*", True), ('W/"a,b"', False), ('"x"', False)]
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_if_match_compares_strongly(method: str, value: str, matches: bool) -> None:
    """RFC 9110, 13.1.1."""
    assert outcome(method, {"if-match": value}, ETAG, WRITTEN, WRITTEN) == (None if matches else 412)


@pytest.mark.parametrize(
    ("date", "status"), [(AT, 304), (AFTER, 304), (BEFORE, None), ("yesterday", None), (f"{AT}, {AT}", None)]
)
def test_if_modified_since(date: str, status: int | None) -> None:
    """RFC 9110, 13.1.3."""
    assert outcome("GET", {"if-modified-since": date}, ETAG, WRITTEN, WRITTEN) == status


def test_if_modified_since_is_for_get_and_head_only() -> None:
    assert outcome("HEAD", {"if-modified-since": AT}, ETAG, WRITTEN, WRITTEN) == 304
    assert outcome("PUT", {"if-modified-since": AT}, ETAG, WRITTEN, WRITTEN) is None


@pytest.mark.parametrize(("date", "status"), [(AT, None), (AFTER, None), (BEFORE, 412), ("yesterday", None)])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_if_unmodified_since(method: str, date: str, status: int | None) -> None:
    """RFC 9110, 13.1.4."""
    assert outcome(method, {"if-unmodified-since": date}, ETAG, WRITTEN, WRITTEN) == status


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
    assert outcome("GET", conditions, ETAG, WRITTEN, WRITTEN) == status
