"""What the origin has: the current representation of each of its resources."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Resource:
    """A resource in its present state.

    modified       when it was last changed, in seconds since 1970
    cache_control  for how long, and by whom, its representation may be stored
    changeable     whether PUT may give it another content
    """

    content: bytes
    modified: int
    media_type: str = "text/plain; charset=utf-8"
    cache_control: str = "max-age=60"
    changeable: bool = False

    @property
    def etag(self) -> str:
        """A strong entity tag: it changes with each octet of the content, and returns with it."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


WRITTEN = 784_111_777  # Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110

RESOURCES = {
    "/report": Resource(b"All is well.\n", WRITTEN, cache_control="max-age=3600"),
    "/news": Resource(b"Nothing has happened yet.\n", WRITTEN, cache_control="max-age=0", changeable=True),
}
