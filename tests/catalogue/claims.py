"""What the texts of the lab claim of gateways, clients and servers in general, and on what each claim stands.

What a message means or has to be stands on a clause. What comes out of a fault can be refuted by a performance
(`Unless`), or has to be seen in one (`Seen`). The rest is no claim about everybody: it is about the parties of its own
story, says what a word means, or what another protocol does.
"""

from dataclasses import dataclass

from lab.expect import Answers, Asked, Complete, Either, Got, Not, Predicate, predicate
from lab.rfc import RFC
from lab.script import ClientSees

STORY = "about the parties of its own story, whose scripts stand beside it"
WORD = "says what a word means"
ELSEWHERE = "about another protocol, or the world"


@dataclass(frozen=True)
class Unless:
    """Refuted by any performance of these scenarios in which this is seen."""

    seen: Predicate
    scenarios: str


@dataclass(frozen=True)
class Seen:
    """It can be so: at least one performance of these scenarios shows it."""

    seen: Predicate
    scenarios: str


Ground = str | RFC | Unless | Seen


def two_answers() -> Predicate:
    """A 200 has been begun, and another final status comes after it."""
    return Predicate(
        "a 200, and then another status",
        lambda facts: b"HTTP/1.1 200" in facts.client_received and b"HTTP/1.1 50" in facts.client_received,
    )


T, N, R = "truncated_bodies", "interim_responses", "reuse_races"
TAKEN_BACK = Unless(
    two_answers(),
    f"{T}/content_length_short_later {T}/content_length_short_reset_later {T}/last_chunk_missing_later"
    f" {T}/chunk_size_invalid_later",
)

CLAIMS: dict[str, Ground] = {
    # The header section
    "No standard says how long is too long, every recipient does, and what counts is what it says when its limit is"
    " reached.": RFC(9110, "5.4"),
    "No standard says how long a field line may be, every recipient does: know the smallest limit on your way.":
        RFC(9110, "5.4"),
    "no standard sets a limit: whether this is too large is for each recipient to say": RFC(9110, "5.4"),
    "no standard sets a limit: whether these are too many is for each recipient to say": RFC(9110, "5.4"),
    "But a gateway that reads on without a limit can be filled up by any upstream, so there must be one somewhere.":
        RFC(9110, "5.4"),
    "Together they are 5,000 or 20,000 bytes, and it is the sum that must fit into the gateway's memory for one"
    " answer.": STORY,
    "If Content-Length is no number, or two numbers, if Transfer-Encoding says the same thing twice or something"
    " unknown, then nobody knows where the next answer begins, and one client may be given what was meant for another.":
        RFC(9112, "6.3"),
    "Say which damage a recipient may repair, which it must refuse, and what it may never pass on.": RFC(9112, "6.3"),
    "Chunks beat the length, and the length must go: two recipients may never see two different ends.":
        RFC(9112, "6.3"),
    "Now the chunks are hidden, and no recipient can find their end.": RFC(9112, "6.3"),

    # Ends
    "The status line of an answer goes out before all the rest of it, and cannot be taken back.": TAKEN_BACK,
    'The gateway has perhaps already passed on "200 OK", and cannot take it back.': TAKEN_BACK,
    'The gateway may already have passed on "200 OK" and cannot take it back.': TAKEN_BACK,
    "Once the status line is out it cannot be taken back: what is left is to break off, so that it shows.": TAKEN_BACK,
    "To pass each part of a message on as it comes; what has gone out cannot be taken back.": TAKEN_BACK,
    "A 504 can be said only before the 200: afterwards, to hang up is all the honesty that is left.":
        Unless(two_answers(), "timing/silence_in_the_content"),
    "Nobody can tell that there was more to say.": Unless(Not(Complete()), f"{T}/close_delimited_close"),
    "Without a length and without chunks, a crash looks like an end: this is what framing is for.":
        Unless(Not(Complete()), f"{T}/close_delimited_close"),
    "From this byte on, nobody can tell sizes from content: what follows may be five bytes, or the next chunk, or"
    " anything.": RFC(9112, "7.1"),
    "Damage in the middle must reach the client as a break: neither as an end, nor as a wait without one.":
        RFC(9112, "8"),
    "From here on nobody can tell sizes from content.": RFC(9112, "7.1"),
    "The connection stays open, so nothing tells the gateway that there is an end: it must find out for itself that it"
    " cannot go on.": STORY,
    "The client has the chunk, the end never comes.": STORY,
    "So a gateway must take off the upstream's chunks and pass on what is in them.": RFC(9112, "6.1"),
    "A gateway that wants to keep the lines until the end must stop somewhere.": RFC(9110, "5.4"),
    "The client has not said that it takes trailers; perhaps it has never heard of them.": STORY,
    "A stranger at the door is a 502; a stranger in the middle of an answer is a break, like any other.":
        Seen(Got("cut-short"), "protocol_mismatch/stranger_in_the_middle"),

    # Interim responses and switches of protocols
    "And an old client must not be sent one.": RFC(9110, "15.2"),
    "After an interim response everything is still open: a 502 can be said as if nothing had been said before.":
        Seen(Predicate("a 103, and then a 502", lambda facts: facts.interim == (103,) and facts.status == 502),
             f"{N}/only_an_interim"),
    "The standard gives the gateway a double part in this: to its client it is the server that must not let it wait,"
    " to the upstream it is a client that should not wait for ever.": RFC(9110, "10.1.1"),
    "What an upstream may say to the gateway, the gateway may not always repeat: its client may be older.":
        RFC(9110, "15.2"),
    "This client has sent a GET, there is no content, and nobody has asked.": STORY,
    "Nobody should wait for a 100 for ever: an old server cannot send it, and waits for the content instead.":
        RFC(9110, "10.1.1"),
    "If the gateway believes it, the client finds itself at the end of a tunnel, with no answer, and whatever it sends"
    " next goes past everybody who should have read it.": RFC(9110, "3.7"),
    "In a tunnel the end of one connection can only be told by ending the other: no 502 comes out of it.":
        Unless(Either(ClientSees(b" 502"), ClientSees(b" 504")), f"{N}/tunnel_broken_off"),

    # Connections
    "The gateway cannot pass on a single word of the request.": Unless(Not(Asked(0)), "first/nobody_home"),
    "The client asks whether its copy is still good, and nobody says.": STORY,
    "Here the clocks of the lab's own gateway are set to a quarter of a second, and to three quarters for the whole, so"
    " that nobody has to wait long to see them strike.": ELSEWHERE,
    "What the gateway sends on piles up, first on the upstream's machine, then at the gateway, then at the client,"
    " until nobody can get rid of another byte.": STORY,
    "Opening a connection for every request is slow, so a gateway may keep its upstream connections and use them"
    " again.": RFC(9112, "9.3"),
    "An upstream connection outlives its first answer: requests of different clients follow each other on it.":
        Seen(predicate(ClientSees(b"the second here")), f"{R}/two_on_one_connection"),
    "A recipient may take up the offer, or leave it: the mechanism was never a part of HTTP/1.0, and has gone wrong"
    " where a program on the way did not know it.": RFC(9112, "C.2.2"),

    # Other protocols, and TLS
    "Behind a 502 all of this looks alike, so it is for the gateway to tell what it heard.":
        Seen(Answers(502), "protocol_mismatch/ssh protocol_mismatch/http2_settings"),
    "Ask who made an answer before you believe whom it blames: a relayed 400 may mean the gateway.":
        Seen(Predicate("a relayed 400", lambda facts: facts.status == 400 and facts.outcome == "relayed"),
             "protocol_mismatch/plain_to_tls_port_told"),
    "A port was mistyped, a scheme was forgotten, an old server was never replaced.": STORY,
    "There an SSH server greets everybody at once, before it is asked anything.": ELSEWHERE,
    "Between a web server and an application there is often a protocol that nobody outside ever sees.": ELSEWHERE,
    "This server must have heard a greeting from somebody else, on a connection that a box in between has mixed up with"
    " this one.": STORY,
    "The upstream was started for HTTP/2 only, and begins as every HTTP/2 server does: with a SETTINGS frame.":
        RFC(9113, "3.4"),
    "From the bytes alone, nobody can tell.": RFC(9112, "C.1"),
    "Whoever has met that one before will not notice.": STORY,
    "It works for me proves little about a chain: a server has to send every link but the last.":
        Unless(Got("relayed"), "tls/missing_intermediate"),
    "But the number is a reason, and nobody but the gateway has heard it.": STORY,

    # Copies, and questions about them
    "The gateway has no copy of it, so it cannot know.": RFC(9111, "4.3.2"),
    "A gateway cannot see whose answer it is.": RFC(9111, "5.2.2.7"),
    "The client that gets the copy now has never seen the 304.": STORY,
    "That is no date in HTTP, and a condition that cannot be read is none: the client is to get the report.":
        RFC(9110, "13.1.3"),
    "A name is good for nothing if its giver does not know it again: ask by it, and see whether a 304 comes.":
        RFC(9110, "8.8.3"),
    "Beside it stands no-store, for caches that have never heard of that word.": RFC(9111, "5.2.2.3"),
    "In a shared cache s-maxage beats max-age, and what is past it must be asked for.": RFC(9111, "5.2.2.10"),
    "A field addressed to a kind of cache replaces Cache-Control and Expires for it, and for nobody else.":
        RFC(9213, "2.2"),
    "Nobody has told this gateway that it is one of them.": STORY,
    "So the gateway has a copy that seems to be for everybody.": STORY,

    # Words
    "No standard status: some gateways write it into their logs when the client went away first.": ELSEWHERE,
    "The status that says that the server cannot do what the request asks.": RFC(9110, "15.6.2"),
    "The status that says that the server cannot answer for now, for example because it is overloaded.":
        RFC(9110, "15.6.4"),
    "Said of fields that are meant for the next party only, and that a gateway must not pass on.": RFC(9110, "7.6.1"),
    "The same as must-revalidate, but for shared caches only.": RFC(9111, "5.2.2.8"),
    "The reason why the reader of bytes cannot see a fault: one of meaning, not of form.": WORD,
    "For two halves that have to fit it will not, and so no client may ask by it.": RFC(9110, "13.1.5"),
    "The fact that says who made an answer: the upstream, the gateway, the store, or nobody.": WORD,
    "Verdict: the upstream was never asked, because a cache answered.": WORD,
    "Nobody answered in time when the gateway asked for the address of the upstream's name.": RFC(9209, "2.3.1"),
    "The gateway could not get its data out to the upstream, for example because nobody read it there.":
        RFC(9209, "2.3.11"),
    "The gateway's rules do not let this request through, so the upstream never saw it.": RFC(9209, "2.3.17"),
}  # fmt: skip
