"""The outcome: a total function of the facts."""

from lab.outcome.facts import Ending, Fidelity, Maker, Outcome


def outcome(
    *,
    received: bool,
    ending: Ending,
    http: bool,
    surplus: int,
    made_by: Maker,
    fidelity: Fidelity,
    status: int | None,
    stale: bool,
) -> Outcome:
    """One word for what reached the client. `received`: any byte; `http`: the bytes can be read as a response."""
    if not received:
        return Outcome.HUNG if ending is Ending.STALLED else Outcome.NO_ANSWER
    if not http or surplus:
        return Outcome.NOT_HTTP
    if ending is Ending.TUNNEL:
        return Outcome.TUNNELLED
    if ending is Ending.STALLED:
        return Outcome.HUNG
    if ending is not Ending.COMPLETE or status is None:
        return Outcome.CUT_SHORT
    return _complete(made_by, fidelity, status, stale)


def _complete(made_by: Maker, fidelity: Fidelity, status: int, stale: bool) -> Outcome:
    if made_by is Maker.STORE and fidelity is Fidelity.ALTERED:
        return Outcome.DISGUISED
    if made_by is Maker.STORE:
        return Outcome.STALE if stale else Outcome.STORED
    if made_by is Maker.UPSTREAM:
        known = {Fidelity.EXACT: Outcome.RELAYED, Fidelity.REPAIRED: Outcome.REPAIRED}
        return known.get(fidelity, Outcome.DISGUISED)
    if status >= 500:
        return Outcome.REPORTED
    return Outcome.BLAMED_CLIENT if status >= 400 else Outcome.OWN
