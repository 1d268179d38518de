"""The gateway's own answers to a failure, for people: who made this, which hop failed, and why. Pure."""

import html
import json
from collections.abc import Callable
from dataclasses import dataclass

from lab.gateways.reference.accept import preferred
from lab.gateways.reference.failure import Failure, shown
from lab.gateways.reference.front.answer import phrase
from lab.rfc.conditions import Condition, Stage


@dataclass(frozen=True)
class Story:
    """What there is to tell. `gateway`: its name."""

    failure: Failure
    status: int
    gateway: str

    @property
    def title(self) -> str:
        return f"{self.status} {phrase(self.status).decode()}".strip()

    @property
    def who(self) -> str:
        return f"This answer was made by the gateway {self.gateway}, not by the upstream behind it."

    @property
    def where(self) -> str:
        return _WHERE[_hop(self.failure)].format(upstream=f"the upstream {shown(self.failure.next_hop)}".rstrip())

    @property
    def why(self) -> str:
        details = shown(self.failure.details)
        more = f" {details[0].upper()}{details[1:]}{'' if details.endswith('.') else '.'}" if details else ""
        return self.failure.error_type.when + more

    @property
    def error_type(self) -> str:
        return f"{self.failure.error_type.name} ({self.failure.error_type.clause})"


def page(story: Story, accept: bytes) -> tuple[bytes, bytes]:
    """The media type and the content of the form that the client likes best."""
    media_type = preferred(accept, tuple(_FORMS))
    charset = "" if media_type.endswith("json") else "; charset=utf-8"
    return f"{media_type}{charset}".encode(), _FORMS[media_type](story).encode()


def _text(story: Story) -> str:
    return (
        f"{story.title}\n\n{story.who}\n\n{_picture(story.failure)}\n\n"
        f"Where: {story.where}\nWhy:   {story.why}\nType:  {story.error_type}\n"
    )


def _html(story: Story) -> str:
    values = {name: html.escape(getattr(story, name)) for name in ("title", "who", "where", "why", "error_type")}
    return _HTML.format(picture=html.escape(_picture(story.failure)), **values)


def _problem(story: Story) -> str:
    """Problem details (RFC 9457): with the type about:blank, the title is that of the status code."""
    members: dict[str, object] = {
        "type": "about:blank",
        "title": phrase(story.status).decode(),
        "status": story.status,
        "detail": f"{story.where} {story.why}",
        "gateway": story.gateway,
        "error": story.failure.error_type.name,
    }
    if story.failure.next_hop:
        members["next-hop"] = shown(story.failure.next_hop)
    if story.failure.received_status is not None:
        members["received-status"] = story.failure.received_status
    return json.dumps(members, indent=2) + "\n"


_FORMS: dict[str, Callable[[Story], str]] = {
    "text/plain": _text,
    "text/html": _html,
    "application/problem+json": _problem,
}

_AT_CLIENT = frozenset({Condition.REQUEST, Condition.DENIED})
_AT_GATEWAY = frozenset(
    {
        Condition.NO_UPSTREAM, Condition.PORTS_EXHAUSTED, Condition.LIMIT_REACHED, Condition.ALL_DOWN, Condition.LOOP,
        Condition.INTERNAL, Condition.INTERNAL_RESPONSE, Condition.CONFIGURATION,
    }
)  # fmt: skip
_WHERE = {
    "client": "In the request, between the client and the gateway.",
    "gateway": "In the gateway itself.",
    Stage.NAME: "At the name of {upstream}, before there was a connection.",
    Stage.CONNECTION: "In the connection between the gateway and {upstream}.",
    Stage.REQUEST: "In sending the request on to {upstream}.",
    Stage.RESPONSE: "In the response of {upstream} to the gateway.",
}
_PICTURES = {"client": "client --x-- gateway ----- upstream", "gateway": "client ----- gateway(x)    upstream"}


def _hop(failure: Failure) -> str:
    if failure.condition in _AT_CLIENT:
        return "client"
    return "gateway" if failure.condition in _AT_GATEWAY else failure.row.stage


def _picture(failure: Failure) -> str:
    return _PICTURES.get(_hop(failure), "client ----- gateway --x-- upstream")


_HTML = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 10vh auto; padding: 0 1rem }}
pre {{ font-size: 1rem; padding: 1rem; border: 1px solid; border-radius: .5rem; overflow: auto }}
dt {{ font-weight: bold }}
dd {{ margin: 0 0 .8rem; overflow-wrap: anywhere }}
</style>
<h1>{title}</h1>
<p>{who}</p>
<pre>{picture}</pre>
<dl>
<dt>Where</dt><dd>{where}</dd>
<dt>Why</dt><dd>{why}</dd>
<dt>Type</dt><dd><code>{error_type}</code></dd>
</dl>
"""
