"""Whatever a client says over HTTP/1, the gateway answers in HTTP or closes, and its upstream gets nothing else.

One gateway takes all the examples. What reaches the upstream has to be what a strict reader finds in the client's
octets, request for request: that nothing is smuggled.
"""

from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lab import h1
from tests.fuzz.echo import Asked, said
from tests.fuzz.material import TIMES, Cuts, cuts, mutated, requests, segments
from tests.fuzz.stage import Stage


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes
    own: bool  # made by the gateway, of which Proxy-Status tells


@settings(max_examples=150 * TIMES)
@given(st.lists(mutated(requests()), min_size=1, max_size=2).map(b"".join), cuts)
def test_whatever_a_client_says(stage: Stage, octets: bytes, at: Cuts) -> None:
    assume(not octets.startswith(b"PRI "))  # HTTP/2 begins so
    stage.asked.clear()
    expected = understood(octets)
    got = stage.say(segments(octets, at))
    assert got or not octets.strip(b"\r\n"), "no answer at all"
    answers = answers_in(got, [method for method, _, _ in expected])
    assert stage.wrong == []
    in_order = iter(expected)
    assert all(asked in in_order for asked in stage.asked), f"asked {stage.asked} for {expected}"
    relayed = [answer.content for answer in answers if not answer.own]
    told = [b"" if asked[0] == b"HEAD" else said(asked) for asked in stage.asked]
    assert relayed == told[: len(relayed)]
    stage.good()


def understood(octets: bytes) -> list[Asked]:
    """The complete requests in these octets, read strictly, up to the first fault."""
    reader = h1.Reader("request", strict=True)
    reader.feed(octets)
    reader.close()
    found: list[Asked] = []
    content = b""
    head: h1.Head | None = None
    for event in reader.events():
        match event:
            case h1.Head():
                head, content = event, b""
            case h1.Content(piece):
                content += piece
            case h1.End(complete=True):
                assert head is not None
                found.append((head.method, origin_form(head.target, head.method), content))
    return found


def origin_form(target: bytes, method: bytes) -> bytes:
    """What an upstream is asked for, where a client asked for this (RFC 9112, 3.2)."""
    scheme, separator, rest = target.partition(b"://")
    if not separator or b"/" in scheme or b"?" in scheme:
        return target
    end = min((rest + b"/").index(b"/"), (rest + b"?").index(b"?"))
    path = rest[end:]
    if not path and method == b"OPTIONS":
        return b"*"
    return path if path.startswith(b"/") else b"/" + path


def answers_in(got: bytes, methods: list[bytes]) -> list[Answer]:
    """The answers that a client got, read strictly: all complete, and nothing else. The last one may be the refusal of
    something that is no request, and yet looks like one with HEAD."""
    for last in (b"GET", b"HEAD"):
        found, fault = _answers(got, [*methods, last])
        if not fault:
            return found
    raise AssertionError(f"{fault} in {got!r}")


def _answers(got: bytes, methods: list[bytes]) -> tuple[list[Answer], str]:
    reader = h1.Reader("response", strict=True, method=methods[0])
    for method in methods[1:]:
        reader.next(method)
    reader.feed(got)
    reader.close()
    head: h1.Head | None = None
    content = b""
    found: list[Answer] = []
    for event in reader.events():
        match event:
            case h1.Head(final=True):
                head, content = event, b""
            case h1.Content(piece):
                content += piece
            case h1.End(complete=True):
                assert head is not None
                found.append(Answer(head.status, content, head.fields.has(b"Proxy-Status")))
            case h1.End(condition="incomplete") | h1.Broken() | h1.Surplus():
                return found, str(event)
    return found, ""
