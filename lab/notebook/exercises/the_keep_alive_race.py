"""The exercises of notebook 07."""

from lab import (
    NONCE,
    Act,
    Answers,
    Close,
    Connections,
    Get,
    Question,
    ReceiveRequest,
    Request,
    Scenario,
    Send,
)
from lab.notebook.exercising import Checked, exercise, look_again, number, right
from lab.notebook.performing import perform
from lab.notebook.run import Run, Runs
from lab.transcript import UPSTREAM_HOP, What


def ended_by(run: Run) -> str:
    """Who ended the first upstream connection: `upstream`, `gateway`, or `nobody` while the run lasted."""
    ends = {What.CLOSED: "upstream", What.RESET: "upstream", What.ENDED: "gateway", What.BROKEN: "gateway"}
    events = (each for each in run.transcript.on(UPSTREAM_HOP) if each.connection == 1)
    return next((ends[event.what] for event in events if event.what in ends), "nobody")


@exercise
def requests_read(answer: object, run: Run) -> Checked:
    """Count how many requests the upstream read in all, on all of its connections."""
    if not number(answer):
        return look_again("how many: write a number, without quotation marks.")
    if answer == run.upstream_received.count(b" HTTP/1.1\r\n"):
        return right("the client asked twice. What the upstream read more often is the gateway's own second try.")
    return look_again("in the bytes that the upstream received, each request begins with a method.")


@exercise
def sent_again(answer: object, runs: Runs) -> Checked:
    """Name the methods whose request was sent a second time."""
    seen = {run.transcript.asked[-1].method for run in runs if run.exchanges[-1].upstream_requests > 1}
    given = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, list | tuple | set) else set()
    if {str(each).upper() for each in given} == seen:
        return right("these are idempotent: twice means the same as once (RFC 9110, 9.2.2).")
    return look_again("the table says how often the upstream was asked for each of them.")


@exercise
def shorter_one(answer: object, upstream_first: Run, gateway_first: Run) -> Checked:
    """Say whose idle time-out should be the shorter one: that of the "gateway", or that of the "upstream"."""
    ended = {ended_by(run) for run in (upstream_first, gateway_first)}
    if answer not in ended:
        return look_again("answer with one word, in quotes: a party that has ended a connection in the table.")
    if answer == ended_by(gateway_first) != ended_by(upstream_first):
        return right("whoever sends the requests knows which connections it has closed, and sends nothing on them.")
    return look_again("who of the two can be surprised by an end: the one who closes, or the other?")


@exercise
def one_in(answer: object, requests_per_second: int, milliseconds: float) -> Checked:
    """Work out how many closings there are for each one that crosses a request."""
    crossing = requests_per_second * milliseconds / 1000
    if not number(answer):
        return look_again("write a number, without quotation marks; Python works it out if you write down how.")
    if abs(answer - crossing) < 0.01 * crossing:
        return look_again("that is the share of closings that cross a request. One in how many is it?")
    if abs(answer * crossing - 1) < 0.01:
        return right("so rarely that a test by hand never meets it, and so often that somebody does each day.")
    return look_again("how many requests come in the time that an end is on its way? That is the share that is lost.")


@exercise
async def announced(line: object) -> Checked:
    """Give the field line of the first answer with which the upstream says that this connection ends."""
    if not isinstance(line, bytes):
        return look_again('it goes onto the wire, so write bytes: b"Name: value\\r\\n".')
    if not line.endswith(b"\r\n"):
        return look_again("a line of a header section ends with CR LF: \\r\\n.")
    run = await perform(closing_soon(line))
    if run.status != 201:
        return look_again(
            f"performed: the order got a {run.status}. The gateway took the connection for one that stays."
        )
    return right(f"performed: the order went to connection {run.upstream_connections}, and arrived once: {run.status}.")


CREATED = Send(b"HTTP/1.1 201 Created\r\n", NONCE, b"Location: /orders/1\r\n", b"Content-Length: 0\r\n", b"\r\n")


def closing_soon(line: bytes) -> Scenario:
    """An upstream with this line in its first answer, which ends that connection when the next request comes on it."""
    first = [
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n", NONCE, line, b"Content-Length: 5\r\n", b"\r\n", b"hello"),
        ReceiveRequest(),
        Close(wrong="it ends the connection", right=CREATED),
    ]
    return Scenario(
        lesson="Who says that the connection ends gets no further request on it.",
        guess="Does the order arrive?",
        address="yours/closing_soon",
        acts=[
            Act(
                client=Get("/report"),
                upstream=Connections(first, otherwise=[ReceiveRequest(), CREATED]),
                expect=[Question("Is the report there?", Answers(200))],
            ),
            Act(
                client=Request("POST", "/orders", content=b"one bicycle"),
                expect=[Question("Does the order arrive?", Answers(201))],
            ),
        ],
        reports=["connection_terminated"],
        needs=["reuse"],
    )
