"""One word of the glossary, as a value."""

from dataclasses import dataclass

from lab.rfc import RFC


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means, in one sentence that a beginner understands and an expert accepts.

    `aliases`: other names for the same thing, and other forms of the word. `example`: the address of a scenario in
    which it can be seen, if there is one. `clauses`: where a standard defines it; none for the lab's own words.
    """

    term: str
    aliases: tuple[str, ...]
    says: str
    example: str = ""
    clauses: tuple[RFC, ...] = ()
