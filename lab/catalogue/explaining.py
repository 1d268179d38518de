"""What the author's own code raised, in words for the author."""

import difflib
import inspect
import re

import lab

_UNKNOWN = re.compile(r"(\w+)\(\) got an unexpected keyword argument '(\w+)'")
_MISSING = re.compile(r"(\w+)\(\) missing \d+ required (positional|keyword-only) arguments?: (.*)")


def explained(error: BaseException) -> str:
    """The error in one sentence, with the word of the language that was probably meant."""
    if isinstance(error, NameError) and error.name:
        if error.name in lab.__all__:
            return f"{error.name} is not known yet: begin with `from lab import *`"
        return f"{error.name} is no word of the language{_meant(error.name, lab.__all__)}"
    if not isinstance(error, TypeError):
        return f"{type(error).__name__}: {error}"
    says = str(error).replace(".__init__()", "()")
    if found := _UNKNOWN.search(says):
        return _unknown(*found.groups())
    if found := _MISSING.search(says):
        name, kind, names = found.groups()
        lacking = re.findall(r"'(\w+)'", names)
        return f"{name}() needs {_listed(lacking, '=' if kind == 'keyword-only' else '')}"
    return says


def _unknown(name: str, given: str) -> str:
    """Of a word of the language: what it takes instead."""
    takes: list[str] = []
    if name in lab.__all__:
        takes = [each for each in inspect.signature(getattr(lab, name)).parameters if each != "where"]
    return f"{name}() takes no {given}={_meant(given, takes, '=')}"


def _meant(given: str, known: list[str], sign: str = "") -> str:
    near = difflib.get_close_matches(given, known, 1)
    return f"; did you mean {near[0]}{sign}?" if near else ""


def _listed(names: list[str], sign: str) -> str:
    *first, last = (name + sign for name in names)
    return f"{', '.join(first)} and {last}" if first else last
