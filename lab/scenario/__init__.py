"""Stories: a scenario with its acts, its cases, and the checks that it must pass when it is written."""

from lab.scenario.case import Case, act_peers, cases
from lab.scenario.story import NEEDS, Act, Chapter, Scenario, Together

__all__ = ["NEEDS", "Act", "Case", "Chapter", "Scenario", "Together", "act_peers", "cases"]
