"""The film of the guide, made of performances: what it says is held against what was seen, or there is no film."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lab.expect import predicate
from lab.outcome import Ending, Facts, Maker
from lab.show.film.choosing import rows_of
from lab.show.film.guide import GUIDE, TITLE, Ask, Board, Learn, Part, Play, Say
from lab.show.film.story import Unfilmable, scene_of, step
from lab.show.film.values import Chapter, Film, Kind, Result, Scene, Step
from lab.show.text.statuses import status_words
from lab.verdict import Exchange, Judgement


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
    steps = (replace(step(Kind.SAYS, said.text), lit=tuple(map(names.index, said.plays))) for said in scene.steps)
    return Scene("", tuple(steps), board=tuple(_result(judgements[name]) for name in names))


def _played(play: Play, judgement: Judgement) -> Iterator[Step]:
    there = 0
    for said in play.steps:
        match said:
            case Say():
                _hold(said, judgement)
                before, there = there, there + said.rows
                yield replace(step(Kind.SAYS, said.text, rows=there, before=before), strip=said.strip)
            case Ask():
                yield step(Kind.GUESS, judgement.case.scenario.guess, rows=there, before=there)
            case Learn():
                yield step(Kind.LESSON, judgement.case.scenario.lesson, rows=there, before=there)
    if there != (rows := len(rows_of(judgement))):
        raise NotSeen(f"the guide tells {there} rows of {play.name}, and its picture has {rows}")


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


def _result(judgement: Judgement) -> Result:
    case, facts = judgement.case, judgement.exchanges[-1].facts
    title = case.scenario.title.rstrip(".")
    return Result(f"{title} ({case.variant})" if case.variant else title, _status(facts), _MAKERS[facts.made_by])


def _status(facts: Facts) -> str:
    status = status_words(facts.status) if facts.status is not None else "nothing"
    return status if facts.ending is Ending.COMPLETE else f"{status}, {facts.ending}"
