"""HTTP-date (RFC 9110, 5.6.7), and as a cache reads it (RFC 9111, 4.2)."""

import calendar
import re
from email.utils import formatdate

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SHORT = "|".join(day[:3] for day in _DAYS.split("|"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"

_FORMS = (
    rf"(?:{_SHORT}), (?P<day>[0-9]{{2}}) {_MONTH} (?P<year>[0-9]{{4}}) {_TIME} GMT",
    rf"(?:{_DAYS}), (?P<day>[0-9]{{2}})-{_MONTH}-(?P<year>[0-9]{{2}}) {_TIME} GMT",
    rf"(?:{_SHORT}) {_MONTH} (?P<day>[0-9]{{2}}| [0-9]) {_TIME} (?P<year>[0-9]{{4}})",
)
_AS_WRITTEN = tuple(re.compile(form) for form in _FORMS)
_IN_ANY_CASE = tuple(re.compile(form, re.ASCII | re.IGNORECASE) for form in _FORMS)


def http_date(seconds: float) -> str:
    """Seconds since 1970 in the preferred format, `Sun, 06 Nov 1994 08:49:37 GMT`."""
    return formatdate(int(seconds), usegmt=True)


def seconds_of(date: str, now: float) -> int | None:
    """The seconds since 1970 of an HTTP-date in any of its three formats; None where it is none.

    `now` decides the century of a year of two digits: one that is more than 50 years ahead is in the past.
    """
    return _read(date, now, _AS_WRITTEN)


def seconds_in_any_case(date: str, now: float) -> int | None:
    """The same for caches, which ought to match dates case-insensitively (RFC 9111, 4.2). Other zones than GMT, other
    spaces and other digits remain no date."""
    return _read(date, now, _IN_ANY_CASE)


def _read(date: str, now: float, forms: tuple[re.Pattern[str], ...]) -> int | None:
    found = next((match for form in forms if (match := form.fullmatch(date))), None)
    if found is None:
        return None
    month = _MONTHS.index(found["month"].capitalize()) + 1
    day, hour, minute, second = (int(found[part]) for part in ("day", "hour", "minute", "second"))
    year = int(found["year"])
    if len(found["year"]) == 2:
        this_year = int(http_date(now)[12:16])
        year += this_year - this_year % 100
        year -= 100 if year > this_year + 50 else 0
    if not (
        year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1] and hour < 24 and minute < 60 and second < 61
    ):
        return None
    return calendar.timegm((year, month, day, hour, minute, second))
