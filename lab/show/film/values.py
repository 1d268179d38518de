"""What a film is: chapters of scenes, scenes of steps. A step is a caption, and what is there to be seen with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lab.outcome.stages import Stage
from lab.show.svg.rows import Row


class Kind(StrEnum):
    """What a caption is, as it stands over it or before it."""

    SAYS = ""  # the guide's own words
    STORY = "The story"
    GUESS = "Your guess?"
    FAULT = "!! The fault"
    WATCH = "?? Watch this"
    GOT = "You got"
    MADE = "Who made it"
    TELL = "Could you tell?"
    LESSON = "Take home"


ANSWERS = frozenset({Kind.GOT, Kind.MADE, Kind.TELL})
"""These stay, one under the other, until their scene is over."""


@dataclass(frozen=True)
class Step:
    """`seconds`: how long it lasts. `rows`: how many rows of its scene are there when it is over. `strip`: the four
    stages are shown with it, and after it. `lit`: the lines of the board that it speaks of. `label`: in place of what
    the kind says."""

    kind: Kind
    text: str
    seconds: float
    rows: int = 0
    strip: bool = False
    lit: tuple[int, ...] = ()
    label: str = ""

    @property
    def heading(self) -> str:
        return self.label or self.kind.value


@dataclass(frozen=True)
class Told:
    """What was done in one stage on one hop, in a few words."""

    hop: int
    stage: Stage
    text: str


@dataclass(frozen=True)
class Result:
    """A line of a board: what happened, the status that the client got, and who made that."""

    title: str
    status: str
    maker: str


@dataclass(frozen=True)
class Scene:
    """One performance, or (`board`) the results of several.

    `note`: the performance's address. `store`: the gateway has one.
    """

    title: str
    steps: tuple[Step, ...]
    note: str = ""
    rows: tuple[Row, ...] = ()
    stages: tuple[Told, ...] = ()
    store: bool = False
    board: tuple[Result, ...] = ()

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)


@dataclass(frozen=True)
class Chapter:
    title: str
    scenes: tuple[Scene, ...]

    @property
    def seconds(self) -> float:
        return sum(scene.seconds for scene in self.scenes)


@dataclass(frozen=True)
class Film:
    title: str
    chapters: tuple[Chapter, ...]

    @property
    def seconds(self) -> float:
        return sum(chapter.seconds for chapter in self.chapters)

    def steps(self) -> Iterator[tuple[float, Chapter, Scene, int, Step]]:
        """Each step with when it begins, in seconds, and its number in its scene, from 0."""
        at = 0.0
        for chapter in self.chapters:
            for scene in chapter.scenes:
                for number, step in enumerate(scene.steps):
                    yield at, chapter, scene, number, step
                    at += step.seconds


@dataclass(frozen=True)
class Mark:
    """A place to jump to, in seconds from the beginning."""

    title: str
    begin: float
    end: float


_PARTS = {
    Kind.STORY: "The story", Kind.GUESS: "Your guess", Kind.GOT: "What came of it", Kind.LESSON: "Take home"
}  # fmt: skip


def marks(film: Film) -> tuple[Mark, ...]:
    """The chapters; of a film with one chapter, its parts."""
    begins: list[tuple[float, str]] = []
    for at, chapter, scene, number, step in film.steps():
        if len(film.chapters) > 1:
            title = chapter.title if number == 0 and scene is chapter.scenes[0] else ""
        else:
            title = _PARTS.get(step.kind, "" if begins else _PARTS[Kind.STORY])
        if title and (not begins or begins[-1][1] != title):
            begins.append((at, title))
    ends = [*(at for at, _ in begins[1:]), film.seconds]
    return tuple(Mark(title, at, end) for (at, title), end in zip(begins, ends, strict=True))
