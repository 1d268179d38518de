"""Preferences of a client among codings or languages (RFC 9110, 12.4.2, 12.5.3 and 12.5.4)."""

import re

_MEMBER = re.compile(rb"([!-+\-.0-:<-~]+)(?:[ \t]*;[ \t]*[Qq]=([01](?:\.[0-9]{0,3})?))?")


def weight(accepted: bytes | None, name: str) -> float:
    """How much a value of Accept-Encoding or Accept-Language likes this coding or language: from 0 to 1.

    A language is matched by a more general range (RFC 4647, 3.3.1) and by a more special one, too: who asks for
    British English gets English. `*` stands for all that is not listed. None: the field is absent.
    """
    weights = dict(_weights(accepted or b""))
    wanted = name.lower().encode()
    if wanted in weights:
        return weights[wanted]
    for known, liking in weights.items():
        if known == wanted or known.startswith(wanted + b"-") or wanted.startswith(known + b"-"):
            return liking
    return weights.get(b"*", 0.0)


def _weights(accepted: bytes) -> list[tuple[bytes, float]]:
    found = (_MEMBER.fullmatch(member.strip(b" \t")) for member in accepted.split(b","))
    return [(match[1].lower(), min(float(match[2] or b"1"), 1.0)) for match in found if match]
