"""The film of the guide, made of performances: what it says is held against what was seen, or there is no film."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lab.expect import predicate
from lab.outcome import Facts, Maker, Outcome
from lab.show.film.choosing import rows_of
from lab.show.film.guide import GUIDE, TITLE, Ask, Board, Learn, Part, Play, Say
from lab.show.film.story import Unfilmable, scene_of, step
from lab.show.film.values import Chapter, Film, Kind, Result, Scene, Step
from lab.show.svg.rows import Kind as Drawn
from lab.show.text.statuses import status_words
from lab.verdict import Exchange, Judgement

LONGEST_TITLE = 46


class NotSeen(Unfilmable):
    """The guide says something that a performance does not show."""


def performed(guide: Sequence[Part] = GUIDE) -> tuple[str, ...]:
    """The names of what the guide needs performed, in order."""
    return tuple(scene.name for part in guide for scene in part.scenes if isinstance(scene, Play))


def guided(judgements: Mapping[str, Judgement], guide: Sequence[Part] = GUIDE, title: str = TITLE) -> Film:
    """The film, of the performances that `performed` names. `NotSeen` where one does not show what is said."""
    chapters = []
    for part in guide:
        chapters.append(Chapter(part.title, tuple(_scene(scene, judgements, guide) for scene in part.scenes)))
    return Film(title, tuple(chapters))


def _scene(scene: Play | Board, judgements: Mapping[str, Judgement], guide: Sequence[Part]) -> Scene:
    if isinstance(scene, Play):
        judgement = judgements[scene.name]
        return scene_of(judgement, tuple(_played(scene, judgement)))
    names = performed(guide)
    for said in scene.steps:
        for name in said.plays:
            _hold(said, judgements[name])
    *said_before, last = scene.steps
    kinds = [*((said, Kind.SAYS) for said in said_before), (last, Kind.LESSON)]
    steps = (replace(step(kind, said.text), lit=tuple(map(names.index, said.plays))) for said, kind in kinds)
    return Scene("", tuple(steps), board=tuple(_results(judgements, guide)))


def _played(play: Play, judgement: Judgement) -> Iterator[Step]:
    ends = [place for place, row in enumerate(rows_of(judgement), 1) if row.kind is not Drawn.STORE]
    told = there = 0
    for said in play.steps:
        match said:
            case Say():
                _hold(said, judgement)
                told, before = told + said.rows, there
                there = ends[told - 1] if 0 < told <= len(ends) else there
                yield replace(step(Kind.SAYS, said.text, rows=there, before=before), strip=said.strip)
            case Ask():
                yield step(Kind.GUESS, judgement.case.scenario.guess, rows=there, before=there)
            case Learn():
                yield step(Kind.LESSON, judgement.case.scenario.lesson, rows=there, before=there)
    if told != len(ends):
        raise NotSeen(f"the guide tells {told} rows of {play.name}, and its picture has {len(ends)}")


def _hold(said: Say, judgement: Judgement) -> None:
    """Whether all is so of which this sentence speaks."""
    exchange = _exchange(said, judgement)
    for each in said.seen:
        asked = predicate(each)
        if exchange is None or not asked(exchange.facts):
            on = judgement.transcript.gateway.name
            raise NotSeen(
                f"the guide says {said.text!r}, but {judgement.case.name} on {on} does not show: {asked.says}"
            )


def _exchange(said: Say, judgement: Judgement) -> Exchange | None:
    place = -1 if said.of is None else said.of - 1
    return judgement.exchanges[place] if judgement.exchanges else None


_MAKERS = {
    Maker.UPSTREAM: "the upstream",
    Maker.GATEWAY: "the gateway",
    Maker.STORE: "the gateway's store",
    Maker.NOBODY: "nobody",
}


def _results(judgements: Mapping[str, Judgement], guide: Sequence[Part]) -> Iterator[Result]:
    """A line for each play: its title, or that of its chapter where it is too long for a line."""
    for part in guide:
        for play in part.scenes:
            if isinstance(play, Play):
                case, facts = judgements[play.name].case, judgements[play.name].exchanges[-1].facts
                title = case.scenario.title.rstrip(".")
                title = f"{title} ({case.variant})" if case.variant else title
                short = title if len(title) <= LONGEST_TITLE else part.title
                yield Result(short, _status(facts), _MAKERS[facts.made_by])


_NOT_WHOLE = {Outcome.CUT_SHORT: ", cut short", Outcome.STALE: ", stale"}


def _status(facts: Facts) -> str:
    status = status_words(facts.status) if facts.status is not None else "nothing"
    return f"{status}{_NOT_WHOLE.get(facts.outcome, '')}"
