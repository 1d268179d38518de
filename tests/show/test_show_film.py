"""A film tells what was performed, in the scenario's own words, with time to read them."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from lab.catalogue import load_file
from lab.expect import Answers
from lab.gateways.names import gateway_named
from lab.home import scenarios_folder
from lab.performance import perform_with_control
from lab.scenario import Case, cases
from lab.show.film.animation import animation, description, moments, still
from lab.show.film.chapters import ffmetadata
from lab.show.film.guide import Part, Play, Say
from lab.show.film.guided import NotSeen, guided, performed
from lab.show.film.look import HIGH, WIDE
from lab.show.film.page import page
from lab.show.film.reading import sentences
from lab.show.film.story import LONGEST, Unfilmable, story
from lab.show.film.values import Film, Kind, Step, marks
from lab.show.svg.measure import width
from lab.verdict import Judgement
from tests.show.test_show_escape import NASTY, TEXT, judgement_of

pytestmark = pytest.mark.anyio

BROKEN, STALE = "first/broken_promise", "stale_or_502/nobody_home[stale-if-error]"


async def judged(*names: str) -> dict[str, Judgement]:
    done = [await perform_with_control(case, gateway_named("reference")) for name in names for case in named(name)]
    return {each.case.name: each.judgement for each in done}


def named(name: str) -> list[Case]:
    """The cases of one scenario, or the one that is named in brackets."""
    folder = scenarios_folder()
    scenario = load_file(folder / f"{name.partition('[')[0]}.py", folder)
    return [case for case in cases(scenario) if "[" not in name or case.name == name]


async def film_of(name: str) -> Film:
    return story((await judged(name))[name])


def steps(film: Film) -> list[Step]:
    return [step for *_, step in film.steps()]


async def test_words_are_the_scenarios() -> None:
    judgement = (await judged(BROKEN))[BROKEN]
    scenario, told = judgement.case.scenario, steps(story(judgement))
    by_kind = {kind: [step.text for step in told if step.kind is kind] for kind in Kind}
    assert by_kind[Kind.STORY] == sentences(scenario.story)[: len(by_kind[Kind.STORY])]
    assert len(by_kind[Kind.STORY]) >= 3
    assert by_kind[Kind.GUESS] == [scenario.guess]
    assert by_kind[Kind.GOT] == ["200 OK and 5 of 20 bytes."]
    assert by_kind[Kind.MADE] == ["The upstream."]
    assert by_kind[Kind.LESSON] == [scenario.lesson]


async def test_question_comes_before_its_answer() -> None:
    film = await film_of(BROKEN)
    scene = film.chapters[0].scenes[0]
    asked = next(step for step in scene.steps if step.kind is Kind.GUESS)
    before, after = scene.rows[: asked.rows], scene.rows[asked.rows :]
    assert any(row.mark for row in before)
    assert [row.text for row in after] == ["200 OK, 5 of 20 bytes", "closes (FIN)"]
    assert scene.steps[-1].rows == len(scene.rows)


async def test_every_film_can_be_read_in_time() -> None:
    names = ("first/garbage", "first/not_modified", "stale_or_502/must_ask_and_nobody_is_there", "timing/too_late")
    for name, judgement in (await judged(*names)).items():
        film = story(judgement)
        assert 15 <= film.seconds <= LONGEST, name
        can_be_read(film)


def can_be_read(film: Film) -> None:
    """Two and a half words a second, and one second for each new place."""
    for step in steps(film):
        new = 0 if step.kind in (Kind.MADE, Kind.TELL) else 1
        assert step.seconds >= round(len(step.text.split()) / 2.5 + new, 1), step


async def test_words_stay_in_the_picture() -> None:
    for name in (BROKEN, STALE, "first/not_modified_from_a_broken_upstream"):
        film = await film_of(name)
        for text in ElementTree.fromstring(still(film, film.seconds)).iter("{http://www.w3.org/2000/svg}text"):
            look, said = text.get("class") or "", "".join(text.itertext())
            size = int(re.findall(r"\bs(\d+)\b", look)[0])
            wide = width(said, size, strong="strong" in look)
            left = float(text.get("x") or 0) - (wide if " end" in look else wide / 2 if "middle" in look else 0)
            assert left >= 0, said
            assert left + wide <= WIDE, said
            assert size <= float(text.get("y") or 0) <= HIGH - 16, said


async def test_moves_without_a_script_and_ends_with_its_last_picture() -> None:
    film = await film_of(BROKEN)
    drawn = animation(film)
    root = ElementTree.fromstring(drawn)
    assert root.get("viewBox") == "0 0 1280 720"
    assert "<script" not in drawn
    assert "prefers-reduced-motion" in drawn
    passing = [each for each in root.iter() if (each.get("class") or "").startswith("passing")]
    said = "".join("".join(each.itertext()) for each in passing)
    lesson, guess = steps(film)[-1].text, film.chapters[0].scenes[0].steps[3].text
    assert guess in said
    assert lesson not in said
    assert description(film) in "".join(root.itertext())
    assert lesson in still(film, film.seconds)
    assert guess not in "".join(ElementTree.fromstring(still(film, film.seconds)).itertext()).replace(
        description(film), ""
    )


async def test_same_performance_same_bytes() -> None:
    judgement = (await judged(BROKEN))[BROKEN]
    assert animation(story(judgement)) == animation(story(judgement))
    assert page(story(judgement)) == page(story(judgement))


async def test_page_says_everything_without_its_script() -> None:
    film = await film_of(STALE)
    found = re.sub(r"<(script|svg|style)\b.*?</\1>", "", page(film), flags=re.DOTALL)
    for step in steps(film):
        assert step.text.replace("'", "&#x27;").replace('"', "&quot;") in found
    assert [mark.title for mark in marks(film)] == re.findall(r"<h2>(.*?)</h2>", found)
    assert set(re.findall(r'href="#(.*?)"', found)) == set(re.findall(r'<section id="(.*?)"', found))
    assert not re.search(r"(src|href)=.https?:", page(film))


async def test_guide() -> None:
    film = guided(await judged(*performed()))
    assert film.seconds < 180
    can_be_read(film)
    assert [mark.title for mark in marks(film)] == [chapter.title for chapter in film.chapters]
    assert len(film.chapters) == 7
    assert any(step.strip for step in steps(film))
    shown = [(each.status, each.maker) for each in film.chapters[-1].scenes[0].board]
    assert ("304 Not Modified", "the upstream") in shown
    assert ("502 Bad Gateway", "the gateway") in shown
    assert ("200 OK, stale", "the gateway's store") in shown
    ElementTree.fromstring(animation(film))
    assert len(moments(film)) < 400
    told = ffmetadata(film)
    assert told.count("[CHAPTER]") == 7
    assert "title=Nothing has changed: 304" in told


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (Say("It is a 502.", 6, [Answers(502)]), "does not show: the client gets status 502"),
        (Say("It is a 200.", 5, [Answers(200)]), "tells 5 rows"),
    ],
)
async def test_guide_says_nothing_that_is_not_seen(said: Say, says: str) -> None:
    judgements = await judged(BROKEN)
    with pytest.raises(NotSeen, match=says):
        guided(judgements, [Part("One", [Play(BROKEN, [said])])])


def test_nothing_performed_is_no_film() -> None:
    judgement = judgement_of(b"x", "detail")
    with pytest.raises(Unfilmable, match="nothing was performed"):
        story(Judgement(judgement.case, judgement.transcript, judgement.verdict, (), (), False, "it lacks: tls"))


@given(NASTY, TEXT)
@settings(max_examples=12, deadline=None)
def test_what_came_over_a_wire_is_harmless(data: bytes, detail: str) -> None:
    film = story(judgement_of(data, detail))
    drawn, told = animation(film), page(film)
    ElementTree.fromstring(drawn)
    ElementTree.fromstring(still(film, 3))
    for text in (drawn, told, ffmetadata(film)):
        assert all(char.isprintable() or char == "\n" for char in text)
        assert "<script>alert" not in text


def test_sentences_end_where_they_do() -> None:
    assert sentences('It is "v2". So it goes! Or not?\n\nThe end of 1.5 s.') == [
        'It is "v2".', "So it goes!", "Or not?", "The end of 1.5 s."
    ]  # fmt: skip
