"""The glossary: every term of HTTP, TCP, TLS and caching that the lab uses, and the lab's own words.

The terms stand in tables by theme; adding one is adding a row.
"""

from lab.words.glossary import TERMS, known, lookup, nearest
from lab.words.term import Term

__all__ = ["TERMS", "Term", "known", "lookup", "nearest"]
