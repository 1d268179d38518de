"""Scenario files for the tests of the command: what each is played for stands in its name."""

_STORY = '''"""A story for a test.

It is told elsewhere.
"""
from lab import *

scenario = Scenario(
    lesson="None.",
    guess="None?",
    client=Get("/"),
    upstream=[ReceiveRequest(), {steps}],
    reports=[{reports}],
    expect=[{expect}],
)
'''
_ANSWER = 'Send(b"HTTP/1.1 200 OK\\r\\n", NONCE, b"Content-Length: 2\\r\\n", b"\\r\\n", b"ok")'

KEEPS = _STORY.format(steps=_ANSWER, reports="", expect='Must("it is a 200", Answers(200), RFC(9110, "15"))')
DEVIATES = _STORY.format(steps=_ANSWER, reports="", expect='Must("it is a 418", Answers(418), RFC(9110, "15"))')
UNSOUND = _STORY.format(
    steps=_ANSWER, reports="", expect='Follows("it is cut", Got("cut-short"), RFC(9110, "15"), "for the test")'
)
AGAINST_ADVICE = _STORY.format(steps=_ANSWER, reports="", expect='Should("it is a 418", Answers(418), RFC(9110, "15"))')
INCONCLUSIVE = _STORY.format(
    steps=f'{_ANSWER}, ReceiveRequest(), Send(b"x", wrong="a second request would meet this", right={_ANSWER})',
    reports='"http_protocol_error"',
    expect='Question("Is it a 502?", Answers(502))',
)
SILENT = _STORY.format(
    steps=f'Stall(wrong="it says nothing", right={_ANSWER})',
    reports='"connection_read_timeout"',
    expect='Question("Is it a 504?", Answers(504))',
)
