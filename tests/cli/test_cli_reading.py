"""list, show, words and new: what can be read and written without playing anything."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lab.catalogue import load, load_file
from lab.catalogue.causes import CAUSES
from lab.cli.door import door
from lab.words import TERMS


def badgateway(*args: str | Path, columns: int = 100) -> Result:
    return CliRunner().invoke(door, [str(arg) for arg in args], env={"COLUMNS": str(columns)})


def test_the_list_names_every_scenario_in_the_order_of_the_chapters() -> None:
    said = badgateway("list", columns=200).output
    places = [said.index(f"  {scenario.address} ") for scenario in load().scenarios]
    assert places == sorted(places)


def test_a_chapter_and_a_level() -> None:
    assert "malformed_headers/no_colon" in badgateway("list", "malformed_headers").output
    assert "first/" not in badgateway("list", "malformed_headers").output
    for level in "123":
        rows = badgateway("list", "malformed_headers", "--level", level).output.splitlines()
        assert {row[2] for row in rows if "  malformed_headers/" in row} == {level}


def test_show_has_the_story_the_wire_the_difference_and_the_clauses() -> None:
    result = badgateway("show", "first/broken_promise")
    assert result.exit_code == 0
    rows = result.output.splitlines()
    scenario = load().find("first/broken_promise")
    assert rows[0] == scenario.title
    assert " ".join(scenario.story.split())[:60] in " ".join(result.output.split())
    assert r"   upstream   sends   HTTP/1.1 200 OK\r\n" in rows
    assert "!! upstream   closes  FIN" in rows
    assert "              wrong:  15 bytes are missing" in rows
    assert "- closes  FIN" in rows
    assert any(row.startswith("+ sends   ") for row in rows)
    assert any("https://www.rfc-editor.org/rfc/rfc9112#section-6.3" in row for row in rows)
    assert any(row.startswith("http_response_incomplete: ") for row in rows)
    assert rows[-1] == "Play it: badgateway run first/broken_promise"


@pytest.mark.parametrize("columns", [40, 72, 100])
def test_every_scenario_can_be_shown_within_the_width(columns: int) -> None:
    for scenario in load().scenarios:
        from lab.show.text.lines import width
        from lab.show.text.page import page

        for row in page(scenario, columns):
            assert width(row) <= columns, (scenario.address, row)


def test_a_chapter_can_be_read() -> None:
    said = badgateway("show", "first").output
    assert "Afterwards you can:" in said
    assert "first/broken_promise" in said


def test_words() -> None:
    said = badgateway("words", "closure", "alert").output
    assert said.startswith("closure alert")
    assert "https://www.rfc-editor.org/rfc/" in said
    listed = " ".join(badgateway("words").output.split())
    assert all(term.term in listed for term in TERMS)


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("gateway upstream", ["gateway", "upstream"]),
        ("gateway, closure alert", ["gateway", "closure alert"]),
        ("closure alert bad gateway", ["closure alert", "502"]),
        ("upstream upstream", ["upstream"]),
    ],
)
def test_several_words_at_once(words: str, terms: list[str]) -> None:
    said = badgateway("words", *words.split()).output.splitlines()
    assert [row.partition(" (")[0].partition(":")[0] for row in said if not row.startswith(" ")] == terms


def test_of_several_words_the_unknown_one_is_named() -> None:
    assert "no 'closure alrt'; did you mean closure alert" in badgateway("words", "gateway", "closure", "alrt").stderr
    assert badgateway("words", "gateway", "zzzz").stderr.startswith("badgateway: the glossary has no 'zzzz'; ")


def test_the_causes_with_the_scenarios_that_play_them() -> None:
    said = badgateway("list", "--causes").output
    rows = [row for row in said.splitlines() if row.startswith(("A", "B"))]
    wanted = [*(f"A{number}" for number in range(1, 26)), *(f"B{number}" for number in range(1, 16))]
    assert [row.split()[0] for row in rows] == list(CAUSES) == wanted
    played = said.partition("A25")[2].partition("B1 ")[0]
    assert "       first/broken_promise\n" in played
    assert {each.cause for each in load().scenarios if each.cause} <= set(CAUSES)
    for scenario in load().scenarios:
        assert (f"       {scenario.address}\n" in said) is bool(scenario.cause in CAUSES)
    assert "first/broken_promise" not in badgateway("list", "--causes", "tls").output
    assert f"{CAUSES['A1']}\n       (no story here)\n" in badgateway("list", "--causes", "tls").output
    assert badgateway("list", "--causes", "--json").exit_code == 2
    assert CAUSES["A25"] in badgateway("show", "first/broken_promise", columns=200).output


def test_a_cause_is_no_name_and_leads_to_the_list_of_causes() -> None:
    for command in ("show", "run"):
        assert badgateway(command, "A2").stderr == (
            "badgateway: A2 is a cause, and no scenario; `badgateway list --causes` names the scenarios that play it\n"
        )


def test_the_titles_of_chapters_fit() -> None:
    said = badgateway("list", "--level", "1", columns=50).output
    assert max(len(row) for row in said.splitlines()) <= 50


@pytest.mark.parametrize("columns", [40, 60])
def test_the_causes_fit(columns: int) -> None:
    said = badgateway("list", "--causes", columns=columns).output
    assert max(len(row) for row in said.splitlines() if not row.startswith("       ")) <= columns


def test_new_writes_a_scenario_that_is_right_and_says_how_to_play_it(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "short.py"
    result = badgateway("new", file, columns=500)
    assert result.output == f"{file} is yours to change. Play it: badgateway run {file}\n"
    assert load_file(file, tmp_path).address == "mine/short"
    assert file.read_text().count("  # ") >= 8


@pytest.mark.parametrize("origin", ["first/broken_promise", "malformed_headers/grown_section"])
def test_new_from_another(origin: str, tmp_path: Path) -> None:
    file = tmp_path / "mine" / "copy.py"
    assert badgateway("new", file, "--from", origin).exit_code == 0
    assert load_file(file, tmp_path).lesson == load().find(origin).lesson
    assert file.read_text().startswith(f"# A copy of {origin}.")


def test_new_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("precious")
    result = badgateway("new", file)
    assert result.exit_code == 2
    assert "already there" in result.stderr
    assert file.read_text() == "precious"
