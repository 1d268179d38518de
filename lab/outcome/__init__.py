"""What the client could tell: facts of an exchange, and the outcome, a total function of them."""

from lab.outcome.facts import OUTCOMES, Ending, Facts, Fidelity, Maker, Outcome

__all__ = ["OUTCOMES", "Ending", "Facts", "Fidelity", "Maker", "Outcome"]
