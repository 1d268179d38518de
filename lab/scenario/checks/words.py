"""The words of a scenario: closed lists, clauses, levels, and what its acts say of each other."""

import difflib
import re
from collections.abc import Iterable, Iterator

from lab.rfc import ERROR_TYPES, clause_error
from lab.scenario.case import act_peers
from lab.scenario.story import NEEDS, Act, Scenario
from lab.script import AnyPeer, Mistake, Peer, UnixSocket, Where


def mistakes(scenario: Scenario) -> Iterator[Mistake]:
    """Words outside their lists, and acts that do not fit together."""
    where = scenario.where
    yield from _closed("reports= takes RFC 9209 error types", tuple(scenario.reports), ERROR_TYPES, where)
    yield from _closed("needs= takes words of a closed list", sorted(scenario.needs), NEEDS, where)
    if scenario.level not in (1, 2, 3):
        yield Mistake(f"level= is 1, 2 or 3, not {scenario.level!r}", where)
    if scenario.cause and not re.fullmatch("[ABCD][0-9]+", scenario.cause):
        yield Mistake(f"cause= names a row such as A25 or B3, not {scenario.cause!r}", where)
    for variant in scenario.variants:
        acts = scenario.acts_of(variant)
        yield from _ways(scenario, acts)
        yield from _expectations(acts, where)
        yield from _sequence(acts)


def _expectations(acts: tuple[Act, ...], where: Where) -> Iterator[Mistake]:
    if not any(act.expect for act in acts):
        yield Mistake("nothing is expected: give expect= at least a Question", where)
    for act in acts:
        for expectation in act.expect:
            for clause in expectation.clauses:
                if problem := clause_error(clause):
                    yield Mistake(problem, expectation.where)


def _sequence(acts: tuple[Act, ...]) -> Iterator[Mistake]:
    """What the first act lays down for those after it."""
    first, *later = acts
    if first.upstream is None:
        yield Mistake("the first act needs upstream=: there is nothing before it that could go on", first.where)
    if first.reuse:
        yield Mistake("reuse= in the first act: there is no client connection yet", first.where)
    peers = len(act_peers(first) or ())
    for act in later:
        if len(act_peers(act) or ()) > peers > 0:
            yield Mistake(
                f"the gateway is told of {peers} upstream(s) in the first act, and of no more later", act.where
            )


def _ways(scenario: Scenario, acts: tuple[Act, ...]) -> Iterator[Mistake]:
    """What it takes to reach a peer: the same in all acts, for the gateway is told once, and not every one can."""
    told = [_way(peer) for peer in act_peers(acts[0]) or ()]
    for act in acts:
        for peer, way in zip(act_peers(act) or (), told, strict=False):
            if _way(peer) != way:
                yield Mistake("the gateway is told once how it reaches this peer: it is a UnixSocket, or has a"
                              " first_address=, in every act or in none", peer.where)  # fmt: skip
            if way and way not in scenario.needs:
                yield Mistake(f"not every gateway can reach this peer: write needs=[{way!r}]", peer.where)


def _way(peer: AnyPeer) -> str:
    """The need of whoever wants to reach this peer; empty: none."""
    if isinstance(peer, UnixSocket):
        return "unix"
    return "ipv6" if isinstance(peer, Peer) and peer.first_address is not None else ""


def _closed(takes: str, given: Iterable[str], known: Iterable[str], where: Where) -> Iterator[Mistake]:
    """Words outside a closed list, with the nearest that is in it."""
    for word in given:
        if word not in known:
            near = difflib.get_close_matches(str(word), list(known), 1)
            yield Mistake(f"{takes}, not {word!r}{f'; did you mean {near[0]}?' if near else ''}", where)
