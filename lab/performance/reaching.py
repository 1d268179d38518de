"""Whether a gateway that runs already finds the lab's upstream where it is said to: asked once, before all else."""

import secrets

from lab.expect import Answers, Question
from lab.gateways import Gateway, Placed
from lab.outcome import facts
from lab.performance.performing import perform
from lab.scenario import Case, Scenario
from lab.script import NONCE, Get, ReceiveRequest, Send
from lab.serving.addresses import host_and_port
from lab.transcript import UPSTREAM_HOP, What


async def why_unreached(gateway: Gateway, *, http2: bool = False) -> str:
    """Why every scenario would be played in vain; empty where none would, and for a gateway that the lab starts.

    A gateway that connects to the upstream is well, whatever it makes of the answer; asked over `http2`, it also has
    to give one.
    """
    if not isinstance(gateway, Placed):
        return ""
    case, asked = _healthy(), host_and_port(gateway.address)
    transcript = await perform((http2 and case.over_http2()) or case, gateway)
    if transcript.failure:
        return transcript.failure
    failed = [event.detail for event in transcript.events if event.what is What.FAILED]
    if failed:
        return f"the gateway cannot be asked at {asked}: {failed[0]}"
    found = facts(transcript, transcript.asked[0])
    if http2 and not found.status:
        return f"the gateway gives no answer over HTTP/2 at {asked}; without --http2 it is asked over HTTP/1.1"
    if any(event.what is What.OPENED for event in transcript.on(UPSTREAM_HOP)):
        return ""
    unmet = f"the gateway made no connection to --upstream-listen {host_and_port(gateway.upstream_listen)}"
    if not found.status:
        return f"no answer in HTTP/1 came from {asked}, and {unmet}: is it asked by the right scheme (http or https)?"
    said = f" ({found.errors[-1]})" if found.errors else ""
    return f"{unmet}: it answered {found.status} by itself{said}; give the address at which it expects its upstream"


def _healthy() -> Case:
    """One request that nobody has stored, and an answer."""
    answer = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Cache-Control: no-store\r\n", b"Content-Length: 0\r\n", b"\r\n")
    return Case(
        Scenario(
            lesson="The gateway is there, and so is its upstream.",
            guess="Do they meet?",
            client=Get(f"/{secrets.token_hex(8)}"),
            upstream=[ReceiveRequest(), answer],
            expect=[Question("Is it a 200?", Answers(200))],
        )
    )
