"""The grid as a heat map, made of cells that nobody had to play."""

import re
from xml.etree import ElementTree

from lab.grid import Asking, State
from lab.outcome import Maker, Outcome
from lab.show.svg.heat import COLUMNS, Fault, fault_of, heat
from tests.grid.staged import LOST, PLAYER, STORED, UNSET, case, cell, got, later, row

SPACE = "{http://www.w3.org/2000/svg}"


def faults() -> list[Fault]:
    mixed = row(case())
    mixed[State.FRESH, Asking.MATCHING] = cell(met=got(304, Outcome.STORED, Maker.STORE))
    mixed[State.STALE, Asking.PLAIN] = cell(**STORED)
    mixed[State.COLD, Asking.PLAIN] = cell(**UNSET)
    mixed[State.COLD, Asking.MATCHING] = cell(**LOST)
    del mixed[State.COLD, Asking.NON_MATCHING]
    return [fault_of(case(), mixed), fault_of(case(address="tls/expired"), row(case(address="tls/expired")))]


def texts(drawn: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(drawn).iter(f"{SPACE}text")]


def titles(drawn: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(drawn).iter(f"{SPACE}title")]


def test_a_cell_says_sign_status_and_letter() -> None:
    said = texts(heat(PLAYER, faults()))
    assert said.count("=304") == 1
    assert said.count("x502S") == 1
    assert said.count("x502L") == 1
    assert said.count("x502") == 25
    assert said.count("??") == 1


def test_each_cell_and_each_number_is_told_in_words() -> None:
    told = titles(heat(PLAYER, faults()))
    assert "first/broken_promise, fresh, match: 304 stored" in told
    assert "first/broken_promise, stale, plain: 502 reported, failure stored" in told
    assert "304: 1 of 2, fresh, match" in told
    assert "502: 2 of 2, stale, plain" in told


def test_what_is_bad_is_told_without_colour() -> None:
    drawn = heat(PLAYER, faults())
    assert re.findall(r'<text class="inverse[^>]*>([^<]*)</text>', drawn) == ["x502S"]
    disguised = fault_of(case(), {(State.STALE, Asking.PLAIN): later(cell())})
    assert 'class="inverse' in heat(PLAYER, [disguised])


def test_what_was_not_played_is_said() -> None:
    drawn = heat(PLAYER, faults())
    assert "Not all was played: 29 of 30 cells." in texts(drawn)
    assert "Not all was played" not in heat(PLAYER, faults()[1:])
    assert len(faults()[0].spots) == len(COLUMNS)


def test_the_same_cells_give_the_same_picture() -> None:
    assert heat(PLAYER, faults()) == heat(PLAYER, faults())


def test_chapters_are_apart_and_signs_explained() -> None:
    said = " ".join(texts(heat(PLAYER, faults())))
    assert " first " in said
    assert " tls " in said
    assert "x reported" in said
    assert "S failure stored" in said


def test_of_nothing_there_is_a_picture_too() -> None:
    ElementTree.fromstring(heat(PLAYER, []))
