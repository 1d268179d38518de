"""What a scenario must pass before it is performed: each mistake is told with the author's own file and line.

One module for each kind of check; each gives the mistakes that it finds.
"""

from lab.scenario.case import Case
from lab.scenario.checks import connections, marks, octets, steps, variants, words
from lab.scenario.rehearsal import rehearse
from lab.scenario.story import Scenario
from lab.script import Mistake

__all__ = ["check"]


def check(scenario: Scenario) -> tuple[Mistake, ...]:
    """All that is wrong with a scenario; nothing means that it can be performed and believed."""
    found = [*words.mistakes(scenario), *connections.mistakes(scenario)]
    try:
        rehearsals = {variant: rehearse(Case(scenario, variant)) for variant in scenario.variants}
        for variant, rehearsal in rehearsals.items():
            found += steps.wrong_party(rehearsal)
            found += marks.mistakes(scenario, rehearsal)
            found += steps.after_the_end(rehearsal)
            if not found:
                found += octets.mistakes(scenario, variant, rehearsal)
        found += variants.mistakes(scenario, rehearsals)
    except Mistake as mistake:
        found.append(mistake)
    return tuple(found)
