"""Which of the stored responses a request selects (RFC 9111, 4 and 4.1)."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from lab.gateways.reference.cache.engine.values import Stored
from lab.gateways.reference.cache.engine.wants import CONDITIONS, Wants
from lab.h1 import Fields
from lab.h1.fieldlines import TOKEN

Selecting = tuple[tuple[bytes, bytes | None], ...]

ANYTHING = b"*"

MOST_NAMES = 64
"""In Vary. More of them are taken for `*`: each request is held against each of them, in each variant."""

# What clients prefer is remembered in its normalised form: so many values of at most so many octets.
MOST_REMEMBERED, LONGEST_REMEMBERED = 256, 256


def names_of_vary(fields: Fields) -> tuple[bytes, ...]:
    """The selecting header fields of a response, in lower case; with `*` among them it matches no request. What is no
    name of a field is taken for that too, and a condition: the upstream may have been asked with another one."""
    names = dict.fromkeys(fields.tokens(b"vary"))
    usable = len(names) <= MOST_NAMES and all(map(TOKEN.fullmatch, names)) and CONDITIONS.isdisjoint(names)
    return tuple(names) if usable else (ANYTHING,)


def selecting(names: Iterable[bytes], wants: Wants) -> Selecting:
    """The values by which this request selects, normalised; None where the field is absent, which is no empty value."""
    return tuple((name, _normalised(name, wants.get(name))) for name in names)


def matching(stored: Sequence[Stored], wants: Wants) -> tuple[Stored, ...]:
    """Those that the request selects, the most recent one first.

    One without Vary comes after those with it: some resources forget it in their default response (RFC 9111, 4.1).
    """
    found = [each for each in stored if matches(each, wants)]
    if len(found) > 1:
        found.sort(key=_recency, reverse=True)
    return tuple(found)


def matches(stored: Stored, wants: Wants) -> bool:
    """Whether its selecting header fields have the values that they have in this request."""
    for name, value in stored.selecting:
        if name == ANYTHING or _normalised(name, wants.get(name)) != value:
            return False
    return True


def _recency(stored: Stored) -> tuple[bool, float, float]:
    return bool(stored.selecting), stored.metadata.dated, stored.received_at.wall


def _normalised(name: bytes, values: list[bytes]) -> bytes | None:
    """The value of a field, all its lines in one, so that equal ones mean the same."""
    if not values:
        return None
    return _FORMS.get(name, _as_it_is)(b",".join(values))


def _as_it_is(value: bytes) -> bytes:
    """Without whitespace around the commas of a list. In quotes, where it is content, everything stays as it is, and so
    does all of a value with a comment or the like, which has other rules."""
    if b'"' in value or b"(" in value:
        return value.strip(b" \t")
    return b",".join(each.strip(b" \t") for each in value.split(b","))


def _verbatim(value: bytes) -> bytes:
    """Of what is no list a comma, with the whitespace beside it, is content."""
    return value.strip(b" \t")


def _set_of_preferences(value: bytes) -> bytes:
    """Of a list in which neither order nor case counts (RFC 9110, 12.5): in alphabetical order, in lower case, and
    without whitespace. A parameter in quotes may count otherwise."""
    if b'"' in value:
        return _as_it_is(value)
    members = (b";".join(part.strip(b" \t") for part in each.split(b";")).lower() for each in value.split(b","))
    return b",".join(sorted(each for each in members if each))


remembered = lru_cache(MOST_REMEMBERED)(_set_of_preferences)


def _preferences(value: bytes) -> bytes:
    """The same, remembered: there are few browsers."""
    return remembered(value) if len(value) <= LONGEST_REMEMBERED else _set_of_preferences(value)


_FORMS: dict[bytes, Callable[[bytes], bytes]] = {
    b"accept-charset": _preferences,
    b"accept-encoding": _preferences,
    b"accept-language": _preferences,
    b"authorization": _verbatim,
    b"cookie": _verbatim,
    b"referer": _verbatim,
    b"user-agent": _verbatim,
}
