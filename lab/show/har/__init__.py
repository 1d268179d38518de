"""Performances as HAR 1.2, for the developer tools of browsers and whatever else reads it.

Each performance is a page, with an entry for every exchange on the client connection and on the upstream connections.
`document` writes the file, `entries` finds the exchanges, `messages` tells requests and responses, `timings` how long
each stage took.
"""

from lab.show.har.document import har

__all__ = ["har"]
