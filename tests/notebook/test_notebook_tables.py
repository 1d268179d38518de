"""The grid and the comparison, as values that show themselves in plain tables."""

import re

import pytest

from lab.catalogue import load_alone
from lab.notebook import Compared, Problem, perform_comparison, perform_grid, show

pytestmark = pytest.mark.anyio


async def test_a_grid_of_one_fault_has_a_row_for_each_state_and_a_column_for_each_client() -> None:
    grid = await perform_grid("first/nobody_home", clients=["plain", "matching"])
    assert len(grid.cells) == 10
    assert grid.cell("fresh", "matching").met.status == 304  # type: ignore[union-attr]
    assert "must-revalidate  x 504 reported" in repr(grid)
    html = grid._repr_mimebundle_()["text/html"]
    assert _rows(html) == 6
    assert not re.search("<style|<script|style=", html)
    run = grid.run("stale-if-error")
    assert [each.status for each in run.exchanges] == [200, 200, 200]
    assert "stale-if-error, plain" in repr(grid.story("stale-if-error"))
    assert show(grid) == grid.displayed


async def test_a_grid_of_several_faults_has_a_row_for_each_fault() -> None:
    grid = await perform_grid("first/nobody_home", "first/garbage", clients=["plain"])
    bundle = grid._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["text/plain"].count("must-revalidate") == 2
    assert _rows(grid.of("plain").html) == 3
    assert grid.cell("must-revalidate", name="first/garbage").met.status == 502  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"names": ["first/not_modified"]}, "has no place in the grid: it has several requests"),
        ({"names": ["first/garbage"], "clients": ["plane"]}, "no client 'plane'"),
        ({"names": ["first/garbage"], "gateway": "nginy"}, "no gateway"),
    ],
)
async def test_a_grid_that_cannot_be_is_a_problem_in_one_line(asked: dict[str, list[str]], says: str) -> None:
    names = asked.pop("names")
    with pytest.raises(Problem, match=says):
        await perform_grid(*names, **asked)  # type: ignore[arg-type]


async def test_a_cell_that_is_not_there_is_a_problem() -> None:
    grid = await perform_grid("first/garbage", clients=["plain"])
    with pytest.raises(Problem, match="no such cell"):
        grid.cell("lukewarm")
    with pytest.raises(Problem, match="no such cell"):
        grid.run("cold", "matching")


async def test_the_comparison_has_seven_rows_and_its_trials_can_be_looked_at() -> None:
    compared: Compared = await perform_comparison()
    html = compared._repr_mimebundle_()["text/html"]
    assert _rows(html) == 8
    assert not re.search("<style|<script|style=", html)
    assert "definition" in repr(compared)
    assert (compared.run("a 502").status, compared.run("a 304 of the upstream").status) == (502, 304)
    assert compared.effect("waiting", "a minute") == "cured"
    assert compared.effect("reloading", "nonsense") == "no"
    assert compared.result("saves-bytes").holding == "holds partly"
    assert "cured" in compared.remedies.html
    assert "504 by the gateway" in compared.stages.text
    assert "saves bytes" in compared.said_of(304).html
    assert "without asking" in repr(compared.visits("502: asking again, own copy"))
    for wrong in (lambda: compared.run("x"), lambda: compared.effect("x", "y"), lambda: compared.result("x")):
        with pytest.raises(Problem):
            wrong()


def _rows(html: str) -> int:
    return html.count("<tr>")


def test_a_chapter_can_be_loaded_without_the_others() -> None:
    alone = load_alone("first")
    assert alone is not None
    assert [each.name for each in alone.chapters] == ["first"]
    assert alone.select(["first"])[0].name == "first/all_is_well"
    assert load_alone("last") is None
    assert load_alone("..") is None


@pytest.mark.parametrize("given", ["first/garbage", 3, None])
def test_what_shows_a_run_says_so_to_anything_else(given: object) -> None:
    for shown in (show.bytes, show.hex, show.stages, show.changes, show.transcript, show.report):
        with pytest.raises(Problem, match="a run is shown here"):
            shown(given)  # type: ignore[arg-type]
    with pytest.raises(Problem, match="a run is shown here"):
        show.side_by_side([given])  # type: ignore[list-item]
    with pytest.raises(Problem, match="is no direction"):
        show.bytes(b"GET", "upwards")
