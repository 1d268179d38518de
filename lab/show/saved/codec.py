"""Frozen dataclasses as JSON and back, without loss.

A field is written unless it has the value that its class gives it by itself. Bytes are text of one character an octet
(ISO 8859-1), so that what is text can be read. Keys that are not known are left out on reading: a later version may
have added them.
"""

import dataclasses
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

LARGEST = 2**63
"""No number is larger: in nanoseconds this is longer than anybody waits."""


class Unreadable(Exception):
    """What was kept cannot be read; the message says what is wrong, and where."""


class UnknownWord(Unreadable):
    """A word outside a closed list, which a later version may know."""


def written(value: Any) -> Any:
    """The value as `json` takes it. TypeError where this codec has no form for it."""
    if dataclasses.is_dataclass(value):
        kind: Any = type(value)
        own = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        return {name: written(given) for name, given in own.items() if given != _by_itself(kind, name)}
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, tuple):
        return [written(each) for each in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | int | float | NoneType):
        return value
    raise TypeError(f"{type(value).__name__} cannot be kept")


class Decoder:
    """Reads values. `unknown`: words that this version does not know; the events that have them are left out."""

    def __init__(self) -> None:
        self.unknown: dict[str, int] = {}

    def read(self, kind: Any, given: Any, at: str = "") -> Any:
        """What was written of a value of this kind. `Unreadable`, with the place, where it is none."""
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind)[0], _is(list, given, at), at)
        if get_origin(kind) is UnionType:
            [inner] = [each for each in get_args(kind) if each is not NoneType]
            return None if given is None else self.read(inner, given, at)
        if dataclasses.is_dataclass(kind):
            return self._dataclass(kind, _is(dict, given, at), at)
        if kind is bytes:
            return _octets(_is(str, given, at), at)
        if issubclass(kind, StrEnum):
            return _word(kind, _is(str, given, at), at)
        return _is(kind, given, at)

    def _tuple(self, kind: Any, given: list[Any], at: str) -> tuple[Any, ...]:
        found = []
        for place, each in enumerate(given):
            try:
                found.append(self.read(kind, each, f"{at}[{place}]"))
            except UnknownWord as error:
                self.unknown[str(error)] = self.unknown.get(str(error), 0) + 1
        return tuple(found)

    def _dataclass(self, kind: Any, given: dict[str, Any], at: str) -> Any:
        values = {}
        for name, inner in _kinds(kind).items():
            if name in given:
                values[name] = self.read(inner, given[name], f"{at}.{name}".removeprefix("."))
            elif _by_itself(kind, name) is dataclasses.MISSING:
                raise Unreadable(f"{at or 'it'} has no {name}")
        return kind(**values)


def _is(kind: type, given: Any, at: str) -> Any:
    fits = isinstance(given, (int, float) if kind is float else kind)
    if not fits or (isinstance(given, bool) and kind is not bool):
        raise Unreadable(f"{at or 'it'} should be {_NAMES[kind]}")
    if kind is int and not 0 <= given <= LARGEST:  # times, numbers and sizes
        raise Unreadable(f"{at or 'it'} should {'not be below 0' if given < 0 else f'be at most {LARGEST}'}")
    return given


_NAMES = {
    dict: "an object", list: "an array", str: "text", int: "a whole number", float: "a number", bool: "true or false",
}  # fmt: skip


def _octets(given: str, at: str) -> bytes:
    try:
        return given.encode("latin-1")
    except UnicodeEncodeError as error:
        raise Unreadable(f"{at} holds a character that is no octet, at place {error.start}") from None


def _word(kind: type[StrEnum], given: str, at: str) -> StrEnum:
    try:
        return kind(given)
    except ValueError:
        raise UnknownWord(f"{at.rpartition('.')[2]} {given!r}") from None


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _by_itself(kind: Any, name: str) -> Any:
    """The value that a field has where none is given; MISSING where one must be."""
    [found] = [each for each in dataclasses.fields(kind) if each.name == name]
    if found.default_factory is not dataclasses.MISSING:
        return found.default_factory()
    return found.default
