"""The status line ends after the code.

"HTTP/1.1 200 " and nothing more: no OK. The text behind the code is called the reason phrase. It is there for people
only, and may be left out, as long as the space before it stays. So nothing is wrong here. Does everybody know that?
"""

from lab import *

scenario = Scenario(
    lesson="The reason phrase may be missing, its space may not: programs read the code, and nothing else.",
    guess="A status line without its OK: does it get through?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 \r\n",  # the space is still there
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="no reason phrase: legal",
        ),
    ],
    level=2,
    expect=[Follows("it gets through", Got("relayed"), RFC(9112, "4"), "the reason phrase is optional in the grammar")],
)
