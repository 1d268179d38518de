"""Performances kept as JSON, without loss: every byte, time, stream, failure and line of log, and the control.

`codec` turns values into JSON and back; `performance` says what is kept of one; `document` is the file in which many
stand, one a line; `possible` refuses what cannot have happened; `again` judges what was kept once more.
`saved.schema.json` beside this room tells of each key.
"""

from lab.show.saved.again import judged_again, stand_in
from lab.show.saved.codec import Unreadable
from lab.show.saved.document import FORMAT, VERSION, Reader, Writer, is_ours
from lab.show.saved.performance import Heading, Saved, fingerprint

__all__ = [
    "FORMAT", "VERSION", "Heading", "Reader", "Saved", "Unreadable", "Writer", "fingerprint", "is_ours",
    "judged_again", "stand_in",
]  # fmt: skip
