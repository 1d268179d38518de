"""Telling: values in, text out. Nothing here opens a socket or starts anything.

`escape` makes what came over a wire safe to show, and `markup` in HTML; `text` tells people; `svg` draws, `html` makes
pages, `film` animates; `changes` is what a gateway changed between its two sides (`sides`, `differences`), `times` how
long each stage took, `hex` every octet, `matrix` many performances in a letter each; `records` tells programs, as
JSON, `har` and `pcapng` other tools; `junit` tells a continuous integration; `compare` tells the comparison of 502
with 304, `grid` the grid; `saved` keeps performances with every byte, and reads them again; `terminal` is the one
module that knows colours and widths.
"""

from lab.show.text.failure import failure
from lab.show.text.lines import plain
from lab.show.text.wire import transcript_lines
from lab.transcript import Transcript
from lab.verdict import Judgement

__all__ = ["broken_expectations", "whole_transcript"]

_WIDTH = 120


def broken_expectations(judgement: Judgement) -> str:
    """What a test says about a performance that broke a rule: wanted, found, the author's line, the transcript."""
    return plain(failure(judgement, _WIDTH))


def whole_transcript(transcript: Transcript) -> str:
    """Everything that happened, in columns."""
    return plain(transcript_lines(transcript, _WIDTH))
