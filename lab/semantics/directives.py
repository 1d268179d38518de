"""Cache directives (RFC 9111, 5.2), forgiving to read, and erring on the side of not reusing: what is ill-formed counts
where it restrains a cache, and does not where it would allow something."""

import re
from collections.abc import Iterable, Mapping, Sequence

INFINITE = 2_147_483_648  # a larger number counts as this one (RFC 9111, 1.2.2)

# A member: its name, and then no argument, one in quotes, or one without; none of them where something else follows.
# What does not begin with a name is none.
_MEMBER = re.compile(
    rb"""([!#$%&'*+\-.^_`|~0-9A-Za-z]++)
         (?:(?=[ \t]*+(?:,|\Z))()
          |="((?:[^"\\]|\\.)*+)"(?=[ \t]*+(?:,|\Z))
          |=([^", \t]*+)(?=[ \t]*+(?:,|\Z))
         )?[^,]*+
       |[^, \t][^,]*+""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


class _IllFormed:
    """The argument of a member that has none by the grammar, but something."""


_ILL_FORMED = _IllFormed()
Argument = bytes | None | _IllFormed
_Arguments = Sequence[Argument]


class Directives:
    """The directives of one message, by their names in lower case. Falsy where there is none."""

    __slots__ = ("_arguments",)

    def __init__(self, arguments: Mapping[bytes, _Arguments]) -> None:
        self._arguments = arguments

    def __bool__(self) -> bool:
        return bool(self._arguments)

    def has(self, name: bytes) -> bool:
        """Whether it is there in any form: for what restrains a cache."""
        return name in self._arguments

    def allows(self, name: bytes) -> bool:
        """Whether it is there, and well-formed, without an argument each time: for what permits something."""
        arguments = self._arguments.get(name)
        return arguments is not None and all(argument is None for argument in arguments)

    def seconds(self, name: bytes) -> int | None:
        """Its number of seconds; None where it is not there.

        -1 where it is no such number, or where there are several that differ: of those one may take the first, or
        consider the response stale (RFC 9111, 4.2.1).
        """
        arguments = self._arguments.get(name)
        if arguments is None:
            return None
        found = {_number(argument) for argument in arguments}
        return found.pop() if len(found) == 1 else -1

    def names(self, name: bytes) -> frozenset[bytes] | None:
        """The field names, in lower case, to which it is limited (RFC 9111, 5.2.2.4 and 5.2.2.7); None where it is not
        there, and none of them where it is not limited, in whatever form."""
        arguments = self._arguments.get(name)
        if arguments is None:
            return None
        limits = [_field_names(argument) for argument in arguments]
        return frozenset().union(*limits) if all(limits) else frozenset()


NO_DIRECTIVES = Directives({})


def directives(values: Iterable[bytes]) -> Directives:
    """What the lines of Cache-Control say, each by itself."""
    arguments: dict[bytes, list[Argument]] = {}
    for value in values:
        for member in _MEMBER.finditer(value):
            name = member[1]
            if name is not None:
                arguments.setdefault(name.lower(), []).append(_argument(member))
    return Directives(arguments) if arguments else NO_DIRECTIVES


def targeted_directives(values: Iterable[bytes]) -> Directives | None:
    """What the lines of a targeted field say, a Dictionary of RFC 9651; None where they are to be ignored: there are
    none, they are no Dictionary, or it is empty (RFC 9213, 2.1)."""
    joined = b",".join(values)
    if not joined.strip(b" \t"):
        return None
    import http_sf  # only where an operator has chosen targeted fields

    try:
        found = http_sf.parse(joined, tltype="dictionary")
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not found:
        return None
    return Directives({name.encode(): (_structured(member),) for name, member in found.items()})


def _argument(member: re.Match[bytes]) -> Argument:
    if member[2] is not None:
        return None
    if member[3] is not None:
        return _ESCAPED.sub(rb"\1", member[3])
    return _ILL_FORMED if member[4] is None else member[4]


def _number(argument: Argument) -> int:
    if not isinstance(argument, bytes) or not (argument.isascii() and argument.isdigit()):
        return -1
    digits = argument.lstrip(b"0") or b"0"
    return INFINITE if len(digits) > 10 else min(int(digits), INFINITE)


def _field_names(argument: Argument) -> frozenset[bytes]:
    """The names in it; none where it is not all names."""
    if not isinstance(argument, bytes):
        return frozenset()
    names = [name for each in argument.split(b",") if (name := each.strip(b" \t"))]
    return frozenset(name.lower() for name in names) if all(map(_TOKEN.fullmatch, names)) else frozenset()


def _structured(member: object) -> Argument:
    """A member of a Dictionary as the argument of a directive; its parameters are ignored (RFC 9213, 2.1). A number in
    quotes is a String, and should not be taken for a number."""
    value = member[0] if isinstance(member, tuple) else None
    if value is True:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        return _ILL_FORMED
    if isinstance(value, int):
        return b"%d" % value
    return _ILL_FORMED if value.isdigit() else str(value).encode("latin-1", "replace")
