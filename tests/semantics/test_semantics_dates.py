import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.semantics.dates import http_date, seconds_in_any_case, seconds_of

EXAMPLE = 784_111_777
NOW = 1_700_000_000  # November 2023


@pytest.mark.parametrize(
    "date", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_the_three_formats_of_rfc_9110_5_6_7(date: str) -> None:
    assert seconds_of(date, NOW) == EXAMPLE


@pytest.mark.parametrize(
    "date",
    [
        "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov 06 08:49:37 94",
        "Sun, 06 Nov 1994 08:49:37 GMT\n", "Sun, ٠٦ Nov 1994 08:49:37 GMT",
    ],
)  # fmt: skip
def test_what_is_no_http_date(date: str) -> None:
    assert seconds_of(date, NOW) is None


@pytest.mark.parametrize(("year", "full"), [("23", "2023"), ("73", "2073"), ("74", "1974"), ("94", "1994")])
def test_a_year_of_two_digits_is_at_most_50_years_ahead(year: str, full: str) -> None:
    seconds = seconds_of(f"Sunday, 06-Nov-{year} 08:49:37 GMT", NOW)
    assert seconds is not None
    assert http_date(seconds)[12:16] == full


@given(st.integers(0, 253_402_300_799))
def test_what_is_written_is_read(seconds: int) -> None:
    assert seconds_of(http_date(seconds), NOW) == seconds


def test_a_fraction_of_a_second_is_left_out() -> None:
    assert http_date(EXAMPLE + 0.9) == "Sun, 06 Nov 1994 08:49:37 GMT"


@pytest.mark.parametrize(
    "date", ["sun, 06 nov 1994 08:49:37 gmt", "SUNDAY, 06-NOV-94 08:49:37 GMT", "sun nov  6 08:49:37 1994"]
)
def test_a_cache_reads_dates_in_any_case(date: str) -> None:
    """RFC 9111, 4.2."""
    assert seconds_of(date, NOW) is None
    assert seconds_in_any_case(date, NOW) == EXAMPLE


@pytest.mark.parametrize(
    "date",
    ["Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 EST", "\u017fun, 06 Nov 1994 08:49:37 GMT", "0"],
)
def test_a_cache_reads_nothing_else_into_a_date(date: str) -> None:
    assert seconds_in_any_case(date, NOW) is None


@given(st.binary(max_size=40) | st.text("SunMo, 0123456789-:GT").map(str.encode))
def test_no_octets_make_it_raise(octets: bytes) -> None:
    text = octets.decode("latin-1")
    assert seconds_of(text, NOW) in (None, seconds_in_any_case(text, NOW))
