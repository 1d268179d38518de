"""How firmly something is expected, and on whose authority."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from lab.expect.predicates import Asking, Predicate, predicate
from lab.rfc import RFC
from lab.script import Mistake, Where, written_here


@dataclass(frozen=True)
class Expectation:
    """`says` what is expected; `holds` decides it; `clauses` say it; `why` bridges from the clause to the case."""

    says: str
    holds: Predicate
    clauses: tuple[RFC, ...] = ()
    why: str = ""
    where: Where = field(default_factory=written_here, compare=False, repr=False, kw_only=True)

    keyword: ClassVar[str] = ""
    kept: ClassVar[str] = "conforms"
    broken: ClassVar[str] = "inadvisable"
    needs_clause: ClassVar[bool] = True

    def __init__(
        self,
        says: str,
        holds: Asking | None = None,
        clauses: RFC | Iterable[RFC] = (),
        why: str = "",
        *,
        where: Where | None = None,
    ) -> None:
        where = where or written_here()
        if not isinstance(says, str) or not says.strip():
            raise Mistake(f"{type(self).__name__} begins with a sentence, not {says!r}", where)
        if holds is None:
            raise Mistake(f"{type(self).__name__} needs a predicate after its sentence, such as Answers(502)", where)
        listed = tuple(clauses) if isinstance(clauses, list | tuple) else (clauses,)
        for clause in listed:
            if not isinstance(clause, RFC):
                raise Mistake(f"a clause is RFC(number, 'section'), not {clause!r}", where)
        if not isinstance(why, str):
            raise Mistake(f"the reason is a sentence, not {why!r}", where)
        if self.needs_clause and not listed:
            raise Mistake(f"{type(self).__name__} needs its clause: RFC(9112, '6.3')", where)
        try:
            decided = predicate(holds)
        except Mistake as mistake:
            raise Mistake(mistake.says, where) from None
        for name, value in (
            ("says", says), ("holds", decided), ("clauses", listed), ("why", why), ("where", where)
        ):  # fmt: skip
            object.__setattr__(self, name, value)


class Must(Expectation):
    """A sentence with MUST binds the gateway."""

    keyword = "MUST"
    broken = "deviates"


class MustNot(Expectation):
    """A sentence with MUST NOT binds the gateway; `holds` is what must not be seen."""

    keyword = "MUST NOT"
    broken = "deviates"


class Should(Expectation):
    """A sentence with SHOULD advises the gateway."""

    keyword = "SHOULD"


class ShouldNot(Expectation):
    """A sentence with SHOULD NOT advises against it; `holds` is what should not be seen."""

    keyword = "SHOULD NOT"


class Fitting(Expectation):
    """What a definition suits: no keyword binds the gateway, as with the sentences that define 502 and 504."""

    keyword = "fitting"


class Follows(Expectation):
    """Derived from clauses; `why` gives the reason."""

    keyword = "follows"
    broken = "unsound"

    def __init__(
        self,
        says: str,
        holds: Asking | None = None,
        clauses: RFC | Iterable[RFC] = (),
        why: str = "",
        *,
        where: Where | None = None,
    ) -> None:
        where = where or written_here()
        if not why:
            raise Mistake("Follows needs its reason: how does it follow from the clauses?", where)
        super().__init__(says, holds, clauses, why, where=where)


class Question(Expectation):
    """We only want to know."""

    keyword = "question"
    kept = "yes"
    broken = "no"
    needs_clause = False


OPPOSITES = (MustNot, ShouldNot)
"""Kinds that are kept when their predicate is false."""
