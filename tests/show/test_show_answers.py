"""Three answers for every exchange, in words that need no knowledge."""

import pytest

from lab.outcome import OUTCOMES, Outcome
from lab.script import ReceiveRequest, Send
from lab.show.text.answers import Answers, answers
from lab.transcript import Asked, Event, What
from tests.show.staged import ASKS, FIVE_OF_20, broken_promise, client, played, scenario, upstream

OK = b"HTTP/1.1 200 OK\r\nLab-Nonce: n\r\nContent-Length: 5\r\n\r\nhello"
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
GATEWAYS = b"HTTP/1.1 502 Bad Gateway\r\nProxy-Status: gw; error=connection_refused\r\nContent-Length: 3\r\n\r\nbad"


def told(*received: bytes, ended: What | None = What.ENDED, sent: bytes = OK, **more: object) -> Answers:
    """What is said of an exchange in which the client received these bytes."""
    got = [client(What.RECEIVED, data) for data in received]
    ending = [client(ended)] if ended else [client(What.DEADLINE)]
    signed = [upstream(What.SENT, sent), upstream(What.ANSWERED, detail="n")] if sent else []
    judgement = played(scenario(**{"reports": [], **more}), [client(What.SENT, ASKS), *signed, *got, *ending])
    return answers(judgement.exchanges[0], judgement)


def test_the_broken_promise() -> None:
    judgement = broken_promise()
    assert answers(judgement.exchanges[0], judgement) == Answers(
        got="200 OK and 5 of 20 bytes.",
        made="The upstream. The gateway passed on what came.",
        tell="Yes: 15 bytes are missing (Content-Length said 20).",
    )


@pytest.mark.parametrize(
    ("received", "ended", "got", "tell"),
    [
        (b"", What.ENDED, "Nothing.", "Yes: the connection ended without a byte."),
        (b"", None, "Nothing, however long you waited.", "Only by giving up"),
        (b"SSH-2.0\r\n", What.ENDED, "Bytes that are no HTTP answer", "Yes: a client that reads HTTP finds none."),
        (OK + b"more", What.ENDED, "200 OK and 5 bytes, and then 4 bytes", "Only by looking past the end"),
        (OK, What.ENDED, "200 OK and 5 bytes.", "There is nothing to tell"),
        (OK[:-1], None, "200 OK and 4 of 5 bytes.", "Only by giving up: the answer began"),
        (
            OK[:-4],
            What.BROKEN,
            "200 OK and 1 of 5 bytes.",
            "Yes: 4 bytes are missing (Content-Length said 5). The conn",
        ),
        (OK[:20], What.ENDED, "The beginning of an answer (20 bytes)", "Yes: it ends before the header section does."),
        (HEAD + b"5\r\nhello\r\n", What.ENDED, "200 OK and 5 bytes.", "Yes: the last chunk is missing"),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n", What.ENDED, "Only 103", "Yes: no final answer came."),
        (GATEWAYS, What.ENDED, "502 Bad Gateway and 3 bytes.", "Yes: the status says that something failed, and the f"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", What.ENDED, "304 Not Modified, without content.", "You can tell"),
    ],
)
def test_what_you_got_and_whether_you_could_tell(received: bytes, ended: What | None, got: str, tell: str) -> None:
    said = told(received, ended=ended)
    assert said.got.startswith(got)
    assert said.tell.startswith(tell)


@pytest.mark.parametrize(
    ("section", "named"),
    [(b"Sum: 7\r\nRoom: 1\r\nRoom: 2\r\n", "Sum, Room"), (b"A: 1\r\nB: 2\r\nC: 2\r\nD: 1\r\n", "A, B, C and 1 more")],
)
def test_trailer_fields_are_named(section: bytes, named: str) -> None:
    said = told(HEAD + b"5\r\nhello\r\n0\r\n" + section + b"\r\n")
    assert said.got == f"200 OK and 5 bytes, and trailer fields at the end ({named})."


def test_one_missing_byte_is_one() -> None:
    assert told(OK[:-1]).tell == "Yes: 1 byte is missing (Content-Length said 5)."


def test_who_made_it() -> None:
    assert told(OK).made == "The upstream. The gateway passed it on as it was."
    assert told(GATEWAYS).made.startswith("The gateway. It says why (connection_refused): The upstream's address let")
    assert told(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n").made == "The gateway. It does not say why."
    assert told(b"").made == "Nobody: no answer with a status came."
    assert "made it out of" in told(OK.replace(b"hello", b"HELLO")).made


@pytest.mark.parametrize(
    ("kept", "made"),
    [
        (OK, "The gateway's store: a copy of an earlier answer, without asking the upstream."),
        (
            OK.replace(b"5", b"4")[:-1],
            "The gateway's store, without asking the upstream: but it is no copy of anything",
        ),
    ],
    ids=["a copy", "a fragment of one"],
)
def test_a_copy_is_told_from_what_is_none(kept: bytes, made: str) -> None:
    first = [client(What.SENT, ASKS), upstream(What.SENT, OK), upstream(What.ANSWERED, detail="n")]
    second = [client(What.SENT, ASKS, act=2, connection=2), client(What.RECEIVED, kept, act=2, connection=2)]
    judgement = played(scenario(), [*first, *second], asked=tuple(Asked(act, 1, "GET", "/report") for act in (1, 2)))
    assert answers(judgement.exchanges[1], judgement).made.startswith(made)


HEARD = upstream(What.RECEIVED, ASKS, act=2)
SERVED = client(What.RECEIVED, OK, act=2, connection=2)


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([SERVED], "without asking the upstream"),
        ([HEARD, SERVED], "after it had asked the upstream"),
        ([SERVED, HEARD], "before it asked the upstream"),
        ([SERVED, upstream(What.REFUSED, act=2, connection=0)], "while the upstream could not be asked"),
    ],
    ids=["never", "first", "behind its back", "in vain"],
)
def test_when_the_upstream_was_asked_about_a_copy(events: list[Event], says: str) -> None:
    first = [client(What.SENT, ASKS), upstream(What.SENT, OK), upstream(What.ANSWERED, detail="n")]
    second = [client(What.SENT, ASKS, act=2, connection=2), *events]
    judgement = played(scenario(), [*first, *second], asked=tuple(Asked(act, 1, "GET", "/report") for act in (1, 2)))
    assert answers(judgement.exchanges[1], judgement).made == (
        f"The gateway's store: a copy of an earlier answer, {says}."
    )


FAILED = b"HTTP/1.1 502 Bad Gateway\r\nLab-Nonce: n\r\nContent-Length: 5\r\n\r\nsorry"


@pytest.mark.parametrize(
    ("kept", "served", "tell"),
    [
        (OK, OK, "There was no need: the copy is still good, by all that is said of it."),
        (
            FAILED,
            FAILED.replace(b"Content", b"Age: 10\r\nContent"),
            "Yes: the status says it. That it is the upstream's word of some time ago, only the small print says: Age.",
        ),
        (
            FAILED,
            FAILED,
            "Yes: the status says it. But nothing says that it is the upstream's word of some time ago.",
        ),
    ],
    ids=["a page", "an error", "an error without an age"],
)
def test_a_stored_error_is_no_good_copy(kept: bytes, served: bytes, tell: str) -> None:
    first = [client(What.SENT, ASKS), upstream(What.SENT, kept), upstream(What.ANSWERED, detail="n")]
    second = [client(What.SENT, ASKS, act=2, connection=2), client(What.RECEIVED, served, act=2, connection=2)]
    judgement = played(scenario(), [*first, *second], asked=tuple(Asked(act, 1, "GET", "/report") for act in (1, 2)))
    assert answers(judgement.exchanges[1], judgement).tell == tell


@pytest.mark.parametrize(
    ("signs", "tell"),
    [
        (b"", "No: it looks like a fresh answer."),
        (b"Age: 10\r\n", "Only from the small print: Age."),
        (
            b"Proxy-Status: g;details=no\r\nCache-Status: g;hit;ttl=-40\r\nAge: 100\r\n",
            "Only from the small print: Age, Cache-Status and Proxy-Status.",
        ),
    ],
    ids=["nothing", "an age", "all that a gateway can say"],
)
def test_by_what_a_stale_answer_is_told(signs: bytes, tell: str) -> None:
    """Nobody could be asked, so that it is stale."""
    first = [client(What.SENT, ASKS), upstream(What.SENT, OK), upstream(What.ANSWERED, detail="n")]
    second = [
        client(What.SENT, ASKS, act=2, connection=2),
        upstream(What.REFUSED, act=2, connection=0),
        client(What.RECEIVED, OK.replace(b"Content", signs + b"Content"), act=2, connection=2),
    ]
    judgement = played(scenario(), [*first, *second], asked=tuple(Asked(act, 1, "GET", "/report") for act in (1, 2)))
    assert judgement.exchanges[1].facts.outcome is Outcome.STALE
    assert answers(judgement.exchanges[1], judgement).tell == tell


def test_a_disguise_is_told_as_one() -> None:
    assert told(OK.replace(b"hello", b"HELLO")).tell.startswith("No! It looks complete")


@pytest.mark.parametrize(
    ("reached", "says"),
    [
        (True, "You are misled: the status blames your request, but it was the upstream."),
        (False, "The status blames your request: the gateway gave it without asking the upstream."),
    ],
)
def test_an_upstream_that_was_never_asked_is_not_blamed(reached: bool, says: str) -> None:
    asked = [upstream(What.RECEIVED, ASKS), upstream(What.REQUEST, detail="GET /report")] if reached else []
    ours = client(What.RECEIVED, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    judgement = played(scenario(reports=[]), [client(What.SENT, ASKS), *asked, ours, client(What.ENDED)])
    assert answers(judgement.exchanges[0], judgement).tell == says


@pytest.mark.parametrize(
    ("broken", "still"),
    [
        (OK.replace(b"Lab-Nonce: n", b"Lab-Nonce: n\r\nRoom: 3\x007"), "A field value holds NUL."),
        (OK.replace(b"200 OK", b"200"), "The SP after the status code is missing."),
        (OK.replace(b"200", b"600"), "The status code is outside 100 to 599."),
        (OK.replace(b"Lab-Nonce: n", b"Lab-Nonce: n\r\nRoom(7): x"), "name"),
    ],
)
def test_damage_that_was_passed_on_is_not_called_put_right(broken: bytes, still: str) -> None:
    said = told(broken, sent=broken)
    assert said.made == "The upstream. The gateway passed it on, damage included."
    assert said.tell.startswith("Only by reading carefully, for the damage is still in it. ")
    assert still in said.tell


def test_what_the_gateway_put_right_is_called_so() -> None:
    said = told(OK, sent=OK.replace(b"200 OK", b"200"))
    assert said.made == "The upstream. The gateway put its form right on the way."
    assert said.tell == "No, and there was no need: it was put right in a way that the standard allows."


def test_a_whole_answer_in_spite_of_a_fault_is_not_all_is_well() -> None:
    wrong = [ReceiveRequest(), Send(OK + b"more", wrong="four bytes too many", right=Send(OK))]
    judgement = played(
        scenario(upstream=wrong),
        [
            client(What.SENT, ASKS), upstream(What.SENT, OK + b"more"), upstream(What.ANSWERED, detail="n"),
            upstream(What.DELIVERED, detail="four bytes too many"), client(What.RECEIVED, OK), client(What.ENDED),
        ],
    )  # fmt: skip
    assert answers(judgement.exchanges[0], judgement).tell.startswith("There was no need: your answer is whole")


def test_a_fault_of_a_later_act_does_not_colour_an_earlier_answer() -> None:
    judgement = played(
        scenario(),
        [
            client(What.SENT, ASKS), upstream(What.SENT, OK), upstream(What.ANSWERED, detail="n"),
            client(What.RECEIVED, OK), client(What.ENDED),
            upstream(What.DELIVERED, detail="15 bytes are missing", act=2),
        ],
    )  # fmt: skip
    assert answers(judgement.exchanges[0], judgement).tell == "There is nothing to tell: all is well."


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.RELAYED])
def test_every_outcome_has_words(outcome: Outcome) -> None:
    from lab.show.text.answers import _COULD_TELL

    assert outcome in OUTCOMES
    assert outcome in _COULD_TELL


def test_five_of_twenty_without_an_end_is_hung() -> None:
    assert told(FIVE_OF_20, ended=None).tell.startswith("Only by giving up")


def test_leftovers_taken_for_an_answer_are_told_as_what_went_wrong() -> None:
    rest = OK.replace(b"hello", b"other")
    story = scenario(upstream=[ReceiveRequest(), Send(OK), ReceiveRequest(), Send(rest, wrong="leftovers")])
    judgement = played(
        story,
        [
            client(What.SENT, ASKS), upstream(What.SENT, rest), upstream(What.ANSWERED, detail="n"),
            upstream(What.DELIVERED, detail="leftovers"), client(What.RECEIVED, rest), client(What.ENDED),
        ],
    )  # fmt: skip
    assert (
        answers(judgement.exchanges[0], judgement).tell == "No! It looks whole, and yet it is itself what went wrong."
    )


def test_no_connection_at_all() -> None:
    judgement = played(scenario(), [client(What.FAILED, detail="Connection refused")])
    said = answers(judgement.exchanges[0], judgement)
    assert said.got == "Nothing: there was no connection to the gateway (Connection refused)."
