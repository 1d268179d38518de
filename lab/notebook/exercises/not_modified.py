"""The exercises of notebook 08."""

from collections.abc import Iterable, Mapping

from lab import NONCE, Act, Answers, Get, Question, ReceiveRequest, Scenario, Send
from lab.notebook.exercising import Checked, exercise, look_again, number, right
from lab.notebook.performing import perform
from lab.notebook.run import Run
from lab.transcript import UPSTREAM_HOP, What, joined

REQUIRED = frozenset({"content-location", "date", "etag", "vary", "cache-control", "expires"})
"""What a 304 must have if the 200 would have had it (RFC 9110, 15.4.5)."""


def page(freshness: bytes = b"max-age=60") -> Send:
    """`"v1"`, of noon of 1 November 2024, with this Cache-Control."""
    return Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v1"\r\n',
        b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
        b"Cache-Control: " + freshness + b"\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


def asking(*lines: bytes) -> Scenario:
    """The store has a fresh copy, `"v1"` of noon of 1 November 2024; ten seconds later somebody
    asks with these field lines."""
    return Scenario(
        lesson="A condition is a question, and the copy has the answer.",
        guess="A 304, or the page?",
        address="yours/asking",
        acts=[
            Act(
                client=Get("/page"),
                upstream=[ReceiveRequest(), page()],
                clock=0,
                expect=[Question("Is the page there?", Answers(200))],
            ),
            Act(client=Get("/page", *lines), clock=10, expect=[Question("Is it a 304?", Answers(304))]),
        ],
        reports=[],
        needs=["cache", "clock"],
    )


@exercise
async def gets_304(answer: object, conditions: Mapping[str, bytes]) -> Checked:
    """Name the conditions that get a 304."""
    runs = {name: await perform(asking(line)) for name, line in conditions.items()}
    seen = {name for name, run in runs.items() if run.status == 304}
    given = {answer} if isinstance(answer, str) else set(map(str, answer)) if isinstance(answer, Iterable) else {None}
    if given == seen:
        return right(f"performed, each of them: {', '.join(sorted(seen))} got a 304, the others the page.")
    if given - set(conditions):
        return look_again(f"write their letters, as a set, such as {{{', '.join(map(repr, list(conditions)[:2]))}}}.")
    surplus, lacking = len(given - seen), len(seen - given)
    return look_again(f"performed, each: {surplus} of yours got the page, and {lacking} that you left out got a 304.")


@exercise
def must_be_in_it(answer: object, section: bytes) -> Checked:
    """Name the fields of this 200 that a 304 must have, too."""
    names = {line.partition(b":")[0].decode("latin-1").lower() for line in section.split(b"\r\n")[1:] if line}
    given = {str(each).lower() for each in answer} if isinstance(answer, set | list | tuple) else {str(answer).lower()}
    wanted = names & REQUIRED
    if given == wanted:
        return right("these name the copy and say how it may be used. Nobody needs the others to go on with a copy.")
    if given - names:
        return look_again("name only fields of this 200, without their values.")
    surplus, lacking = len(given - wanted), len(wanted - given)
    return look_again(f"{surplus} of yours need not be in it, and {lacking} that must be in it are not among yours.")


@exercise
def on_both_connections(answer: object, runs: Mapping[str, Run]) -> Checked:
    """For each run: what came from the upstream, and what the client got, in its second request."""
    seen = {name: (said_by_upstream(run), run.exchanges[1].status) for name, run in runs.items()}
    given = dict(answer) if isinstance(answer, Mapping) else {}
    if given.keys() != seen.keys() or not all(map(_two_statuses, given.values())):
        return look_again(
            "for each run two statuses in brackets, as numbers; None where nothing was sent: (None, 200)."
        )
    wrong = [name for name, pair in seen.items() if tuple(given[name]) != pair]
    if not wrong:
        return right("a 304 is made on one connection. The other one may carry the same, a 200, or nothing.")
    return look_again(f"not yet right: {', '.join(wrong)}. In its request 2, what goes from right to left?")


def _two_statuses(given: object) -> bool:
    return isinstance(given, tuple | list) and len(given) == 2 and all(each is None or number(each) for each in given)


def said_by_upstream(run: Run) -> int | None:
    """The status that the upstream sent in the second request; None where it was not asked."""
    sent = joined(run.transcript.on(UPSTREAM_HOP, act=2), What.SENT)
    return int(sent[9:12]) if sent else None


@exercise
async def stale_at(answer: object, freshness: bytes) -> Checked:
    """Say at which second after the copy was made the gateway's store has to ask again."""
    if not isinstance(answer, int) or isinstance(answer, bool) or not 1 < answer < 100_000:
        return look_again("write a whole number of seconds, without quotation marks: 2 or more.")
    run = await perform(_lasting(freshness, answer - 1, answer))
    before, after = (exchange.upstream_requests for exchange in run.exchanges[-2:])
    if (before, after) == (0, 1):
        return right(f"performed: after {answer - 1} seconds the store answered by itself, after {answer} it asked.")
    asked = "the store had asked already" if before else "the store did not ask yet"
    return look_again(f"performed: at your second {asked}. For whom is each of the two numbers?")


def _lasting(freshness: bytes, *seconds: int) -> Scenario:
    acts = [
        Act(
            client=Get("/page"),
            upstream=[ReceiveRequest(), page(freshness)],
            clock=clock,
            expect=[Question("Is the page there?", Answers(200))],
        )
        for clock in (0, *seconds)
    ]
    return Scenario(
        lesson="Below its lifetime a copy is fresh.",
        guess="Is the upstream asked?",
        address="yours/lasting",
        acts=acts,
        reports=[],
        needs=["cache", "clock"],
    )
