"""The seven rows: each sentence follows from what was measured, and changes where something else is."""

import pytest

from lab.compare import pair, remedies
from lab.compare.causes import Answered, Causes, Counted, count
from lab.compare.comparison import Comparison, trials
from lab.compare.performing import try_all
from lab.compare.table import rows
from lab.compare.upstreams import PAGE
from lab.compare.visits import Tried
from lab.gateways import Gateway
from lab.gateways.names import gateway_named
from lab.outcome import Maker, Outcome
from lab.rfc import clause_error
from tests.compare.habits import Habit, Habitual, always_502, by_itself, passes_on

pytestmark = pytest.mark.anyio

NAMES = [
    "definition", "common causes", "indication", "impact on the client", "resolution", "stage of the HTTP cycle",
    "server-client relationship",
]  # fmt: skip


async def measured(gateway: Gateway) -> Comparison:
    """The pair alone on this gateway; nothing else was tried."""
    left_out = {trial.name: Tried(trial, None, why_not="left out") for trial in trials()}
    return Comparison(gateway.player, {**left_out, **await try_all(pair.trials(), gateway)}, Causes(), 0.0)


def said(comparison: Comparison, row: str, code: int) -> str:
    cell = next(each for each in rows(comparison) if each.name == row).cells[code]
    return " ".join((*cell.says, *cell.more))


def test_there_are_seven_rows_with_two_cells_each(reference: Comparison) -> None:
    found = rows(reference)
    assert [row.name for row in found] == NAMES
    for row in found:
        assert set(row.cells) == {502, 304}
        for cell in row.cells.values():
            assert cell.says
            assert all(clause_error(clause) is None for clause in cell.clauses)
            assert all(sentence == sentence.strip() and "  " not in sentence for sentence in (*cell.says, *cell.more))


def test_a_cell_can_be_read_at_a_glance(reference: Comparison) -> None:
    """Seven things are as many as one keeps in mind; what is more stands behind -v."""
    for row in rows(reference):
        for code, cell in row.cells.items():
            assert len(cell.says) <= 7, (row.name, code)
            assert sum(map(len, cell.says)) <= 600, (row.name, code)


def test_the_counts_name_their_cases(reference: Comparison) -> None:
    cells = rows(reference)[1].cells
    assert "connection_refused: first/nobody_home" in cells[502].names
    assert cells[304].names == ("304 with a condition: first/not_modified",)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "common causes"])
@pytest.mark.parametrize("code", [502, 304])
def test_every_cell_has_its_evidence(reference: Comparison, name: str, code: int) -> None:
    [row] = [row for row in rows(reference) if row.name == name]
    evidence = row.cells[code].evidence
    assert evidence
    assert any(part.answer.startswith(b"HTTP/1.1 %d " % code) for part in evidence)


MEASURED = {
    ("definition", 502): "RFC 9110, 15.6.3, 502 Bad Gateway). Seen just now: HTTP/1.1 502 Bad Gateway.",
    ("definition", 304): "RFC 9110, 15.4.5, 304 Not Modified). Seen just now: HTTP/1.1 304 Not Modified.",
    ("common causes", 502): "Of 4 cases of the catalogue whose fault took effect just now, 3 gave a 502 that the",
    ("common causes", 304): "Of 3 requests of the catalogue with a condition, 1 got a 304: 1 made by the upstream.",
    (
        "indication",
        502,
    ): "502: the gateway made it. One can tell by Proxy-Status, error=http_protocol_error; no mark",
    ("indication", 304): "Via; Age: 1; the mark of an earlier answer of the upstream's; no Proxy-Status.",
    ("impact on the client", 502): "The page of 25 bytes is not there, although the client has a copy: ",
    ("impact on the client", 304): "a page of 5 bytes, validated by the upstream: 7 more, 7 more.",
    ("resolution", 502): "Where the upstream answers nonsense, each time: nothing that was tried.",
    ("resolution", 304): "Nothing to resolve: the page was shown.",
    ("stage of the HTTP cycle", 502): "on the upstream connection, in the stage response; nothing went wrong on the",
    ("stage of the HTTP cycle", 304): "From the store: the client connection alone: nobody asked on the other.",
    ("server-client relationship", 502): "Three parties took part: the client, the gateway and the upstream. The hop",
    ("server-client relationship", 304): "From the store: two parties took part: the client and the gateway. From the",
}


@pytest.mark.parametrize(("row", "code"), MEASURED)
def test_on_the_reference_gateway(reference: Comparison, row: str, code: int) -> None:
    assert MEASURED[row, code] in said(reference, row, code)


def test_the_comparison_came_about(reference: Comparison) -> None:
    assert reference.came_about
    assert reference.performances == len(reference.tried) + reference.causes.cases


OTHERWISE: list[tuple[str, int, Habit, str]] = [
    ("definition", 502, passes_on, "Not so just now: when the upstream answered nonsense, the client got Segmentation"),
    (
        "definition",
        304,
        always_502,
        "Not so just now: when nothing had changed, the client got HTTP/1.1 502 Bad",
    ),
    ("indication", 502, passes_on, "No status: nobody made an answer."),
    (
        "indication",
        304,
        always_502,
        "the gateway made it. One can tell by no mark of the upstream's; no Proxy-Status",
    ),
    ("impact on the client", 502, by_itself(PAGE), "The page is there: no content came, and the client shows the"),
    ("impact on the client", 304, always_502, "The page of 25 bytes is not there: 3 bytes of something else came."),
    ("resolution", 502, passes_on, "Nothing could be tried: left out."),
    ("resolution", 304, always_502, "The page was not shown."),
    (
        "stage of the HTTP cycle",
        502,
        passes_on,
        "It went wrong for the client, too: what it got is no complete",
    ),
    ("stage of the HTTP cycle", 502, by_itself(PAGE), "Nothing went wrong in any stage."),
    ("stage of the HTTP cycle", 304, always_502, "It went wrong on the upstream connection, before there was one;"),
    ("server-client relationship", 502, passes_on, "The client got no status (not-http): nobody reported a failure"),
    (
        "server-client relationship",
        304,
        always_502,
        "Two parties took part: the client and the gateway. The hop",
    ),
]


@pytest.mark.parametrize(("row", "code", "habit", "says"), OTHERWISE)
async def test_where_something_else_is_measured_something_else_is_said(
    row: str, code: int, habit: Habit, says: str
) -> None:
    assert says in said(await measured(Habitual(habit)), row, code)


@pytest.mark.parametrize("habit", [always_502, by_itself(PAGE), passes_on])
async def test_on_these_it_does_not_come_about(habit: Habit) -> None:
    assert not (await measured(Habitual(habit))).came_about


async def test_what_was_not_tried_is_said() -> None:
    comparison = Comparison(
        gateway_named("reference").player,
        {trial.name: Tried(trial, None, why_not="left out") for trial in trials()}, Causes(), 0.0,
    )  # fmt: skip
    for row in rows(comparison):
        for cell in row.cells.values():
            assert not cell.evidence
            assert any("left out" in each or "Nothing of the catalogue" in each for each in cell.says), row.name


# Counting


def case(*answers: Answered, cause: str = "A4", faulty: bool = True, played: bool = True) -> Counted:
    return Counted("it", cause, played, faulty, answers)


def answered(
    status: int, maker: Maker = Maker.GATEWAY, outcome: Outcome = Outcome.REPORTED, *, conditional: bool = False
) -> Answered:
    errors = ("connection_terminated",) if maker is Maker.GATEWAY else ()
    return Answered(status, maker, outcome, errors, conditional)


def test_only_a_502_that_the_gateway_made_after_a_fault_counts() -> None:
    relayed = answered(502, Maker.UPSTREAM, Outcome.RELAYED)
    found = count(
        [
            case(answered(502)),
            case(answered(200, Maker.UPSTREAM, Outcome.RELAYED), answered(502), answered(502)),
            case(relayed, cause="A7"),
            case(answered(504), cause="A9"),
            case(answered(502), faulty=False),
            case(answered(502), played=False),
        ]
    )
    assert (found.cases, found.not_played, found.faulty, found.reported) == (5, 1, 4, 2)
    assert found.errors == {"connection_terminated": 2}
    assert found.instead == {"502 relayed": 1, "504 reported": 1}
    assert found.causes == {"A4"}


def test_conditions_are_counted_beside_what_they_got() -> None:
    unchanged = answered(304, Maker.UPSTREAM, Outcome.RELAYED, conditional=True)
    unasked = answered(304, Maker.UPSTREAM, Outcome.RELAYED)
    found = count([case(unchanged, answered(200, conditional=True), unasked, faulty=False)])
    assert (found.conditional, found.unconditional) == (2, 1)
    assert found.not_modified == {(True, Maker.UPSTREAM): 1, (False, Maker.UPSTREAM): 1}
    comparison = Comparison(gateway_named("reference").player, {}, found, 0.0)
    from lab.compare.cells import causes

    assert causes.cells(comparison)[304].more[-1] == "Of 1 without a condition, 1 did. That is a fault of its own."


def test_each_situation_is_told_of_and_where_much_helps_all_of_it_stands_behind(reference: Comparison) -> None:
    cell = rows(reference)[NAMES.index("resolution")].cells[502]
    assert sum(each.startswith("Where ") for each in cell.says) == len(remedies.SITUATIONS)
    assert "Where the 502 is in the gateway's store: reloading and 2 others." in cell.says
    assert "Where the 502 is in the gateway's store: reloading, reloading with no-cache and waiting." in cell.more
