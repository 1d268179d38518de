"""From a question to the case that is performed: three acts, of which the second is the scenario's own."""

import re
from dataclasses import replace

from lab.grid.setting import SetUp
from lab.grid.states import NEW, NEW_FRESHNESS, Asking, Question, State
from lab.scenario import Case, Scenario, Together
from lab.scenario.rehearsal import rehearse
from lab.script import Request, Upstreams, peers

_ETAG = re.compile(rb"^etag[ \t]*:", re.IGNORECASE | re.MULTILINE)
_INTERIM = re.compile(rb"HTTP/1\.[0-9] 1[0-9][0-9]\b")
_FRESHNESS = re.compile(rb"^(cache-control|expires|pragma)[ \t]*:", re.IGNORECASE | re.MULTILINE)


def why_not(case: Case) -> str:
    """Why a case cannot be replayed against the states of a store; empty where it can."""
    acts = case.acts()
    if len(acts) > 1:
        return "it has several requests, each with a part of its own in the story"
    client = acts[0].client
    if isinstance(client, Together):
        return "its requests come side by side"
    if not isinstance(client, Request):
        return "its client writes its bytes itself"
    if client.version != "1.1":
        return f"it is asked over HTTP/{client.version}"
    if client.method != "GET" or client.content:
        return f"it asks with {client.method}{' and content' if client.content else ''}: a store answers GET"
    return ""


def build(question: Question) -> Case:
    """The case to perform. Its name is that of the scenario's own case; nothing is expected of it."""
    set_up = SetUp.of(question.case)
    (act,) = question.case.acts()
    assert act.upstream is not None
    faulty = Upstreams(*peers(act.upstream, act.where))
    acts = tuple(set_up.acts(question.state, question.asking, faulty))
    return _case(question.case.scenario, question.case.variant, set_up, acts)


def control(set_up: SetUp, state: State, asking: Asking) -> Case:
    """The same without a fault: what it gives shows whether the store was in this state."""
    acts = tuple(set_up.acts(state, asking, None))
    scenario = Scenario(lesson="The state is reached.", guess="Is it?", acts=acts, address=f"grid/{state}")
    return _case(scenario, "", set_up, acts)


def fields(case: Case) -> bytes:
    """The field lines that stand for FIELDS in the faulty answers: a new entity tag, and freshness by which it may be
    stored; what the scenario's own answers have already is not added."""
    sections = [_header_section(answer.data) for script in rehearse(case).scripts for answer in script.answers()]
    tag = b"" if any(map(_ETAG.search, sections)) else b"ETag: " + NEW + b"\r\n"
    freshness = b"" if any(map(_FRESHNESS.search, sections)) else b"Cache-Control: " + NEW_FRESHNESS + b"\r\n"
    return tag + freshness


def _header_section(data: bytes) -> bytes:
    """Of the final response, as far as these bytes have one."""
    section, end, rest = data.partition(b"\r\n\r\n")
    while end and _INTERIM.match(section):
        section, end, rest = rest.partition(b"\r\n\r\n")
    return section


def _case(scenario: Scenario, variant: str, set_up: SetUp, acts: tuple[object, ...]) -> Case:
    told = replace(scenario, client=None, upstream=None, expect=(), acts=acts, vary=None, needs=set_up.needs)
    return Case(told, variant)
