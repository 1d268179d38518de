"""One field line is larger than anybody expected.

A token was put into a token, and that into a cookie: one field line of 20,000 or 200,000 bytes. The grammar allows
it. But a gateway that reads on without a limit can be filled up by any upstream, so there must be one somewhere. What
does a gateway say when a line is over its limit?
"""

from lab import *

scenario = Scenario(
    lesson="Too large is what the recipient says it is: so it had better say so, with the name and size of the field.",
    guess="A line of 20,000 bytes: 200 or 502? And one of 200,000?",
    client=Get("/account"),
    vary={"20,000": 20_000, "200,000": 200_000},
    upstream=lambda size: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            h1.long_field(b"Set-Cookie", size),  # Set-Cookie: xxxx...
            wrong="one field line is larger than recipients care to read",
            right=Send(b"Set-Cookie: x\r\n"),
        ),
        Send(
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_response_header_size", "http_response_header_section_size"],
    cause="A3",
    level=2,
    unseen="no standard sets a limit: whether this is too large is for each recipient to say",
    expect=[
        Follows("the cookie arrives whole, or no answer does", Not(Got("disguised", "not-http")), RFC(9110, "5.4"),
                "too large a line may be dropped only where its loss is safe, and the loss of a session is not"),
        Fitting("whoever refuses it says 502", Either(MadeBy("upstream"), Answers(502)),
                [RFC(9209, "2.3.20"), RFC(9209, "2.1.1")], "the status that goes with this error type"),
        Question("Does Proxy-Status name the field line?", Reports("http_response_header_size")),
    ],
)
