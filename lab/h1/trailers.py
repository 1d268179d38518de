"""The trailer section (RFC 9112, 7.1.2) and which fields may not stand in it (RFC 9110, 6.5.1)."""

from collections.abc import Generator

from lab.h1.fieldlines import Fields
from lab.h1.kinds import Kind
from lab.h1.section import Section

# RFC 9110, 6.5.1: those that describe framing, routing, authentication, request modifiers, response controls, format.
FORBIDDEN = frozenset(
    b"transfer-encoding content-length trailer host connection upgrade te"
    b" authorization proxy-authorization www-authenticate proxy-authenticate cookie set-cookie"
    b" cache-control expect max-forwards pragma range if-match if-none-match if-modified-since if-unmodified-since"
    b" if-range age expires date location retry-after vary content-encoding content-type content-range".split()
)


def trailers(section: Section) -> Generator[None, None, Fields]:
    """The trailer fields that a recipient may keep, apart from the header fields. Raises Refusal and Cut."""
    yield from section.read()
    for index, field in enumerate(section.fields):
        if field.name.lower() in FORBIDDEN:
            section.findings.note(Kind.TRAILER_FORBIDDEN, section.offset(index), name=field.name)
    return Fields(field for field in section.fields if field.name.lower() not in FORBIDDEN)
