"""The film of one scenario: its story, its question, what was performed, the three answers, its lesson.

Every word is the scenario's own, or what `run` says of the performance. Where that is more than can be read in time,
sentences of the story are left out, from its end, and of the answers the last.
"""

from collections.abc import Iterator, Sequence

from lab.outcome.stages import Phase, Stage, stages
from lab.show.film.choosing import rows_of
from lab.show.film.look import ROW_SECONDS
from lab.show.film.reading import seconds_for, sentences
from lab.show.film.values import Chapter, Film, Kind, Scene, Step, Told
from lab.show.svg.rows import Kind as Drawn
from lab.show.svg.rows import Row
from lab.show.text.answers import answers
from lab.show.text.messages import Way
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP
from lab.verdict import Exchange, Judgement

LONGEST = 40.0
"""Seconds."""

THINKING = 1.5
"""Seconds more for a question."""


class Unfilmable(Exception):
    """Why there is nothing to be seen, in one line."""


def story(judgement: Judgement) -> Film:
    """The film of this performance. `Unfilmable` where nothing was performed."""
    if not judgement.exchanges:
        raise Unfilmable(f"{judgement.case.name}: nothing was performed ({judgement.why or judgement.verdict})")
    scenario = judgement.case.scenario
    title = scenario.title
    scene = scene_of(judgement, _steps(judgement))
    return Film(title, (Chapter(title, (scene,)),))


def scene_of(judgement: Judgement, steps: tuple[Step, ...]) -> Scene:
    """A scene of this performance, with these steps."""
    return Scene(
        title=judgement.case.scenario.title,
        steps=steps,
        note=judgement.case.name,
        rows=tuple(rows_of(judgement)),
        stages=tuple(_stages(judgement)),
        store="cache" in judgement.case.needs,
    )


def step(kind: Kind, text: str, *, rows: int = 0, before: int = 0, label: str = "") -> Step:
    """A step that is long enough for its caption, and for the rows that come with it."""
    reading = seconds_for(f"{label or kind.value} {text}", goes_on=kind in (Kind.MADE, Kind.TELL))
    reading += THINKING if kind is Kind.GUESS else 0
    return Step(kind, text, round(max(reading, 0.6 + ROW_SECONDS * (rows - before)), 1), rows, label=label)


Line = tuple[Kind, str, str]
"""Kind, text, and a label in place of the kind's own."""


def _steps(judgement: Judgement) -> tuple[Step, ...]:
    """All that there is to say, if that is not too long; else what has to be said, and the story as far as it goes."""
    rows = rows_of(judgement)
    answer, about = _turning_point(judgement, rows)
    scenario = judgement.case.scenario
    told: list[Line] = [(Kind.STORY, each, "") for each in sentences(scenario.story)]
    after: list[Line] = [
        (Kind.GUESS, scenario.guess, ""),
        *_answers(judgement, about),
        (Kind.LESSON, scenario.lesson, ""),
    ]
    brief = [each for each in after if each[0] is not Kind.TELL]
    plans = ([*told[:kept], *rest] for kept in range(len(told), -1, -1) for rest in (after, brief))
    steps: tuple[Step, ...] = ()
    for plan in plans:
        steps = tuple(_timed(plan, answer, len(rows)))
        if sum(each.seconds for each in steps) <= LONGEST:
            break
    return steps


def _timed(lines: Sequence[Line], answer: int, rows: int) -> Iterator[Step]:
    """A step for each. The rows before the answer come while the story is told, the others after the question."""
    told = max(sum(kind is Kind.STORY for kind, _, _ in lines), 1)
    shown = 0
    for number, (kind, text, label) in enumerate(lines, 1):
        now = -(-answer * min(number, told) // told) if kind in (Kind.STORY, Kind.GUESS) else rows
        yield step(kind, text, rows=now, before=shown, label=label)
        shown = now


def _turning_point(judgement: Judgement, rows: list[Row]) -> tuple[int, Exchange]:
    """The row of the answer that the question is about, and its exchange: the first answer after the fault; where
    nothing is marked, the last one."""
    mark = next((place for place, row in enumerate(rows) if row.mark), None)
    got = [place for place, row in enumerate(rows) if _is_answer(row)]
    after = [place for place in got if mark is not None and place > mark and rows[place].request]
    place = after[0] if after else (got[-1] if got else len(rows))
    asked = (rows[place].act, rows[place].request) if place < len(rows) else None
    exchanges = judgement.exchanges
    about = next((each for each in exchanges if (each.asked.act, each.asked.request) == asked), exchanges[-1])
    return place, about


def _is_answer(row: Row) -> bool:
    """Whether this is what the client gets, or that it gets nothing."""
    return row.hop == CLIENT_HOP and row.kind is not Drawn.STORE and (row.way is Way.LEFT or row.kind is Drawn.DEADLINE)


def _answers(judgement: Judgement, about: Exchange) -> list[Line]:
    """The three answers for the exchange that the question is about; of those after it, what the client got."""
    given = answers(about, judgement)
    found = [(Kind.GOT, given.got, ""), (Kind.MADE, sentences(given.made)[0], ""), (Kind.TELL, given.tell, "")]
    place = judgement.exchanges.index(about)
    for number, later in enumerate(judgement.exchanges[place + 1 :][-1:], len(judgement.exchanges)):
        found.append((Kind.GOT, answers(later, judgement).got, f"Request {number}"))
    return found


def _stages(judgement: Judgement) -> Iterator[Told]:
    """What was done in each of the four stages, first on the client connection, then on the upstream connection."""
    for hop in (CLIENT_HOP, UPSTREAM_HOP):
        connection = next((each for each in stages(judgement.transcript) if each.hop == hop), None)
        for stage in Stage if connection is not None else ():
            assert connection is not None
            if phases := connection.of(stage):
                yield Told(hop, stage, _done(phases))


def _done(phases: tuple[Phase, ...]) -> str:
    return ", ".join(dict.fromkeys(phase.name.value for phase in phases))
