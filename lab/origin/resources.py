"""A resource as a value: its present state, and all that its answers say."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from lab.origin.content import Content, digest
from lab.origin.weights import weight
from lab.semantics.etags import EntityTag

WRITTEN = 784_111_777  # Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110


@dataclass(frozen=True)
class Representation:
    """One of the forms in which a resource can be had."""

    content: Content
    language: str = ""
    coding: str = ""


@dataclass(frozen=True)
class Resource:
    """A resource in its present state.

    content        its octets, before any content coding
    modified       when it was last changed, in seconds since 1970; None: it has no Last-Modified
    says           what it is there for, in one sentence
    cache_control  for how long, and by whom, its representation may be stored; empty: no Cache-Control
    fields         further fields of its answers
    expires        seconds from an answer to its Expires; None: it has none
    tag            its entity tag: `strong` changes with each octet, `weak` not with white space, `none`
    translations   its content in further languages, by their tags: `content` is in English then
    compressed     whether it is sent in gzip to those who accept that
    changeable     whether PUT may give it another content
    adds_to        the path of the resource to which a POST adds a line; empty: no POST
    settled        whether it had no other state in the second in which it was last changed
    """

    content: Content
    modified: int | None = WRITTEN
    says: str = ""
    media_type: str = "text/plain; charset=utf-8"
    cache_control: str = "max-age=60"
    fields: Mapping[str, str] = field(default_factory=dict)
    expires: int | None = None
    tag: Literal["strong", "weak", "none"] = "strong"
    translations: Mapping[str, bytes] = field(default_factory=dict)
    compressed: bool = False
    changeable: bool = False
    adds_to: str = ""
    settled: bool = True

    @property
    def methods(self) -> tuple[str, ...]:
        return "GET", "HEAD", "OPTIONS", *("PUT",) * self.changeable, *("POST",) * bool(self.adds_to)

    @property
    def vary(self) -> str:
        """The request fields that choose among its representations."""
        return ", ".join(("Accept-Encoding",) * self.compressed + ("Accept-Language",) * bool(self.translations))

    def changed(self, content: bytes, now: float) -> "Resource":
        """Its state from now on."""
        modified = None if self.modified is None else int(now)
        return replace(self, content=content, modified=modified, settled=modified != self.modified)

    def representation(self, accept_encoding: bytes | None, accept_language: bytes | None) -> Representation:
        """The one that suits these preferences best; the plain or English one where none of them says anything."""
        language, content = "en" * bool(self.translations), self.content
        for other, translated in self.translations.items():
            if weight(accept_language, other) > weight(accept_language, "en"):
                language, content = other, translated
        gzip_liked = weight(accept_encoding, "gzip")
        if not self.compressed or not gzip_liked or gzip_liked < weight(accept_encoding, "identity"):
            return Representation(content, language)
        assert isinstance(content, bytes)
        return Representation(_gzip(content), language, "gzip")

    def entity_tag(self, content: Content) -> EntityTag | None:
        """The entity tag of a representation with these octets: each has its own (RFC 9110, 8.8.3.3)."""
        if self.tag == "none":
            return None
        if self.tag == "weak" and isinstance(content, bytes):
            content = b"".join(content.split())
        return EntityTag(digest(content).encode(), weak=self.tag == "weak")


@lru_cache(maxsize=64)
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
