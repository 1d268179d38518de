"""One field line has grown to 5,000 bytes.

The session used to fit into a short cookie. Feature by feature it grew, and since this morning it is over 4,096
bytes. A recipient may have set aside no more than that for a whole header section. No standard sets a limit, so the
upstream breaks no rule. But each recipient has a limit of its own. Is this still below the gateway's?
"""

from lab import *

scenario = Scenario(
    lesson="No standard says how long a field line may be, every recipient does: know the smallest limit on your way.",
    guess="Does a cookie of 5,000 bytes get through?",
    client=Get("/account"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            h1.long_field(b"Set-Cookie", 5_000),  # Set-Cookie: xxxx...
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="a field line of 5,000 bytes: legal, and too large for some",
        ),
    ],
    cause="A3",
    level=2,
    expect=[
        Follows("the cookie arrives whole, or no answer does", Not(Got("disguised", "not-http")), RFC(9110, "5.4"),
                "too large a line may be dropped only where its loss is safe, and the loss of a session is not"),
        Question("Does it get through?", Got("relayed")),
    ],
)
