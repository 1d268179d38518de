"""The exercises of notebook 10."""

from collections.abc import Callable, Iterable, Mapping

from lab.compare import remedies
from lab.compare.results import Holding
from lab.compare.stages import Side, broken
from lab.notebook.comparing import Compared
from lab.notebook.exercising import Checked, exercise, look_again, not_yet, number, right
from lab.outcome import Facts, Outcome

CURED = "cured"
REMEDIES = frozenset(remedy.name for remedy in remedies.REMEDIES)


@exercise
def chosen(answer: object, compared: Compared) -> Checked:
    """Choose for each situation one remedy that cures there, and would not have been needed elsewhere."""
    given = dict(answer) if isinstance(answer, Mapping) else {}
    names = {each.name for each in remedies.SITUATIONS} & given.keys()
    if not names or names != given.keys():
        return look_again("give a remedy for each situation, by the names in the table.")
    if strange := [each for each in given.values() if str(each) not in REMEDIES]:
        return look_again(f"{strange[0]!r} is no name of the table's first column.")
    wrong = [name for name in given if compared.effect(given[name], name) != CURED]
    if not wrong:
        return right("each of them reaches the place where that 502 comes from.")
    return look_again(f"not cured: {', '.join(wrong)}. Where does that 502 come from, and does your remedy reach it?")


@exercise
def cures_nowhere(answer: object, compared: Compared) -> Checked:
    """Name what cures in none of the situations."""
    seen = {
        remedy.name
        for remedy in remedies.REMEDIES
        if all(compared.effect(remedy.name, situation.name) != CURED for situation in remedies.SITUATIONS)
    }
    given = _names(answer)
    if not given or given - REMEDIES:
        return look_again("write its name, in quotation marks, as it stands in the table's first column.")
    if given == seen:
        return right("it changes nothing at the place where any of these 502s come from.")
    return look_again("look for a row of the table without the word cured.")


@exercise
def became_502(answer: object, compared: Compared) -> Checked:
    """Count the failures between client and gateway that became a 502."""
    mine = [each for each in broken(compared.comparison.tried) if each.failure.side is Side.CLIENT]
    if not number(answer):
        return look_again("how many: write a number, without quotation marks.")
    if answer == sum(each.status == 502 for each in mine):
        return right("whoever sees a 502 has found a gateway, has reached it, and was understood.")
    return look_again("look at the rows of the client connection only: what does the client get there?")


@exercise
def fails_altogether(answer: object, compared: Compared, claims: Iterable[str]) -> Checked:
    """Name the sayings that do not hold at all."""
    results = {name: compared.result(name).holding for name in claims}
    seen = {name for name, holding in results.items() if holding is Holding.FAILS}
    given = _names(answer)
    if given == seen:
        return right("they were tried, and failed. The others hold in part.")
    if not given or given - results.keys():
        return look_again(f"give their names: {', '.join(results)}.")
    return look_again(
        f"{len(given - seen)} of yours hold at least in part, and {len(seen - given)} that fail are not among yours."
    )


@exercise
def robot(looks_well: Callable[[Facts], object], answers: Mapping[str, Facts]) -> Checked:
    """Write the rule by which a robot that sees only the answer tells whether all is well."""
    if not callable(looks_well):
        return look_again("a rule is a function: def looks_well(answer): return ...")
    said: dict[str, object] = {}
    for name, answer in answers.items():
        try:
            said[name] = looks_well(answer)
        except Exception as error:
            return look_again(f"your rule fails on {name}: {type(error).__name__}: {error}")
    if any(each is ... for each in said.values()):
        return not_yet("Write the rule by which a robot that sees only the answer tells whether all is well.")
    alarms = [name for name, answer in answers.items() if not said[name] and is_well(answer)]
    missed = [name for name, answer in answers.items() if said[name] and not is_well(answer)]
    if not alarms and not missed:
        return right("it is silent where all is well, and it notices what a status alone does not show.")
    parts = (
        f"false alarm: {', '.join(alarms)}" if alarms else "",
        f"not noticed: {', '.join(missed)}" if missed else "",
    )
    return look_again(f"{'; '.join(filter(None, parts))}.")


def is_well(answer: Facts) -> bool:
    """Whether the client got what it should, as the lab knows that has seen both connections."""
    return answer.status in (200, 304) and answer.outcome in (Outcome.RELAYED, Outcome.STORED)


def _names(answer: object) -> set[str]:
    if isinstance(answer, str):
        return {answer}
    return {str(each) for each in answer} if isinstance(answer, set | list | tuple | frozenset) else set()
