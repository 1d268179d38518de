"""Many small lines add up.

Every layer of the application adds a few field lines: for tracing, for security, for caching. Each is short. Together
they are 5,000 or 20,000 bytes, and it is the sum that must fit into the gateway's memory for one answer. The upstream
breaks no rule. Do its lines get through?
"""

from lab import *

scenario = Scenario(
    lesson="There are two limits, one for a field line and one for all of them: short lines can break the second.",
    guess="Short lines, 5,000 bytes of them and then 20,000: do both get through?",
    client=Get("/account"),
    vary={"5,000": 45, "20,000": 190},
    upstream=lambda lines: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            h1.many_fields(lines, b"Trace", b"x" * 96),  # Trace-1: xxxx..., Trace-2: xxxx..., and so on
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="many field lines, each of them short: legal, and together too large for some",
        ),
    ],
    cause="A3",
    level=2,
    expect=[
        Follows("all the lines arrive, or no answer does", Not(Got("disguised", "not-http")),
                RFC(9110, "5.4"), "an answer that lost field lines on the way is another answer"),
        Question("Do they get through?", Got("relayed")),
    ],
)
