"""What the client could tell: facts of an exchange, and the outcome, a total function of them; and the `stages` of each
exchange on each connection: when what was done (`links`, `courses`, `messages` read them from the octets)."""

from lab.outcome.answer import Answer, read_answer
from lab.outcome.decide import outcome
from lab.outcome.facts import OUTCOMES, Ending, Facts, Fidelity, Maker, Outcome
from lab.outcome.reading import answer_to, facts
from lab.outcome.status_fields import cache_parameters, error_types

__all__ = [
    "OUTCOMES", "Answer", "Ending", "Facts", "Fidelity", "Maker", "Outcome", "answer_to", "cache_parameters",
    "error_types", "facts", "outcome", "read_answer",
]  # fmt: skip
