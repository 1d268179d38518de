"""A field name holds a character that no name may have.

A field name is a token: letters, digits and fifteen marks such as the hyphen. The upstream lets a user choose a name,
and the user chose badly. One recipient stops reading the name at the odd character, another takes it in, a third
drops the line. Which of them is right?
"""

from lab import *

scenario = Scenario(
    lesson="A field name is one token: what is odd in a name, everybody reads differently.",
    guess="Which of these names gets through: with a space, with brackets, with an umlaut?",
    client=Get("/report"),
    vary={"space": b"Room Number", "brackets": b"Room(Number)", "umlaut": b"R\xe4um"},
    upstream=lambda name: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(name + b": 7\r\n", wrong="this name is no token", right=Send(b"Room-Number: 7\r\n")),
        Send(
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=2,
    expect=[
        Follows("the line goes no further", Not(ClientSees(b": 7\r\n")), [RFC(9110, "5.1"), RFC(9110, "2.2")],
                "who sends it on sends a line that matches no rule of the grammar"),
        Follows("what gets through is the answer without that line", Not(Disguised()),
                [RFC(9110, "5.1"), RFC(9110, "2.4")], "recovering a usable answer is allowed, making one up is not"),
        Fitting("who gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
