"""A TLS handshake in memory: two contexts, no socket."""

import ssl
from dataclasses import dataclass


@dataclass
class Side:
    """One end: what it says is in `outgoing`; `error` is what its handshake ended in, if it failed."""

    tls: ssl.SSLObject
    incoming: ssl.MemoryBIO
    outgoing: ssl.MemoryBIO
    done: bool = False
    error: ssl.SSLError | None = None

    def step(self) -> bytes:
        """Get on with the handshake, or read where it is done. Returns what is to be carried to the other side."""
        if self.error is None:
            try:
                if self.done:
                    self.tls.read()
                else:
                    self.tls.do_handshake()
                    self.done = True
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError as error:
                self.error = error
        return self.outgoing.read()


def side(context: ssl.SSLContext, *, server: bool, name: str | None = None) -> Side:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    return Side(context.wrap_bio(incoming, outgoing, server, name), incoming, outgoing)


def shake_hands(
    client: ssl.SSLContext, server: ssl.SSLContext, name: str | None = "upstream.test"
) -> tuple[Side, Side]:
    """Client and server, after everything that they have to say to each other has been said."""
    left, right = side(client, server=False, name=name), side(server, server=True)
    while True:
        there = left.step()
        right.incoming.write(there)
        back = right.step()
        left.incoming.write(back)
        if not there and not back:
            return left, right
