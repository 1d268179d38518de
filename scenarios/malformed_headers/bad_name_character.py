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
        Send(name + b": seven\r\n", wrong="this name is no token", right=Send(b"Room-Number: seven\r\n")),
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
        Follows("the name goes no further",
                Not(Either(HasField(b"Room Number"), HasField(b"Room(Number)"), HasField(b"R\xe4um"))),
                [RFC(9110, "5.1"), RFC(9110, "2.2"), RFC(9112, "2.3")],
                "the gateway's answer bears the gateway's own version, and is to conform to the syntax of that"),
        Follows("what gets through is the answer with the lines around it", Not(Disguised()),
                [RFC(9110, "5.1"), RFC(9110, "2.4")], "recovering a usable answer is allowed, making one up is not"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
