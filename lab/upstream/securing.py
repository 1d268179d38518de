"""TLS of one connection: bytes in, bytes out, no socket. So a closure alert, a truncation and an alert are told apart,
and each is sent exactly when a script says so."""

import ssl
from dataclasses import dataclass, replace

from lab.tls import Alert, alert, describe, first_record, openssl_reason, received_alert
from lab.upstream.hello import ClientHello, NoClientHello, client_hello

_PIECE = 65536


@dataclass(frozen=True)
class Failure:
    """Why TLS failed. `sent`, `received`: the alert that told of it, by its registered name."""

    why: str
    sent: str = ""
    received: str = ""


class Tls:
    """One end. `begun`, `ready`: the handshake is on, is done. `closed`: the closure alert has come. `failure`: what
    ended it otherwise. `heard`: what came in place of a handshake. `context`: what it was made with."""

    def __init__(self, context: ssl.SSLContext, *, server_side: bool, server_name: str | None = None) -> None:
        self.context = context
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side, server_name)
        self._name = server_name
        self.begun = False
        self.ready = False
        self.closed = False
        self.failure: Failure | None = None
        self.heard = b""

    def receive(self, data: bytes) -> bytes:
        """Take in what came over the wire; give what it says."""
        if self.failure is not None or self.closed:
            return b""
        self._incoming.write(data)
        said: list[bytes] = []
        try:
            if not self.ready:
                self._tls.do_handshake()
                self.ready = True
            while piece := self._tls.read(_PIECE):
                said.append(piece)
            self.closed = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self.closed = True
        except ssl.SSLError as error:
            self.failure = self._failed(error)
        return b"".join(said)

    def send(self, data: bytes) -> None:
        """Encrypt these bytes: `outgoing` has them for the wire."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._tls.write(rest) :]

    def close(self) -> None:
        """Say that nothing more will be sent: the closure alert. The other side's is not waited for."""
        try:
            self._tls.unwrap()
        except ssl.SSLError:
            return

    def outgoing(self) -> bytes:
        """What is to go over the wire now."""
        return self._outgoing.read() if self._outgoing.pending else b""

    @property
    def protocol(self) -> str | None:
        """What ALPN has settled."""
        return self._tls.selected_alpn_protocol()

    @property
    def agreed(self) -> str:
        """What the handshake has settled: "TLS 1.3, ALPN http/1.1, server name upstream.test"."""
        version = (self._tls.version() or "").replace("TLSv", "TLS ")
        alpn = f"ALPN {self.protocol}" if self.protocol else "no ALPN"
        return f"{version}, {alpn}, {_named(self._name)}"

    def _failed(self, error: ssl.SSLError) -> Failure:
        reason = openssl_reason(error.reason, str(error))
        received = received_alert(reason)
        if received is not None:
            return Failure(f"the other side sent the alert {received.registered}", received=received.registered)
        return Failure(reason.lower().replace("_", " "), sent=self._alert_sent(reason))

    def _alert_sent(self, reason: str) -> str:
        """The alert that OpenSSL has just written: read where it is in plain text, else known by its cause."""
        written = self.outgoing()
        self._outgoing.write(written)
        record = first_record(written[-7:])
        if record is not None and record.alert is not None:
            return Alert(record.alert[1]).registered if record.alert[1] in set(Alert) else str(record.alert[1])
        return _ENCRYPTED.get(reason, "encrypted") if written else ""


_ENCRYPTED = {"PEER_DID_NOT_RETURN_A_CERTIFICATE": Alert.CERTIFICATE_REQUIRED.registered}


class ServerTls(Tls):
    """The server's end. It looks at the ClientHello itself, for OpenSSL as Python has it cannot insist on ALPN.

    `insist_on`: the protocols of which the client must offer one, else it gets the alert no_application_protocol.
    """

    def __init__(self, context: ssl.SSLContext, *, insist_on: tuple[str, ...] = ()) -> None:
        super().__init__(context, server_side=True)
        self._insist_on = insist_on
        self._early: bytes | None = b""

    def receive(self, data: bytes) -> bytes:
        if self._early is None:
            return super().receive(data)
        self._early += data
        early = self._early
        try:
            hello = client_hello(early)
        except NoClientHello:
            return self._judge(early)
        if hello is None:
            return b""
        self._early = None
        self.begun = True
        self._name = hello.server_name
        if self._insist_on and not set(self._insist_on) & set(hello.alpn):
            self._refuse(hello)
            return b""
        return super().receive(early)

    def _judge(self, early: bytes) -> bytes:
        """What is no TLS is left to OpenSSL; where it waits for more of it, so do we."""
        self._early, self.heard = None, early
        said = super().receive(early)
        if self.failure is not None:
            self.failure = replace(self.failure, why=f"no TLS came, but {describe(early)}")
        return said

    def _refuse(self, hello: ClientHello) -> None:
        self._outgoing.write(alert(Alert.NO_APPLICATION_PROTOCOL))
        offered = ", ".join(hello.alpn) or "nothing"
        self.failure = Failure(f"the client offers {offered} by ALPN", sent=Alert.NO_APPLICATION_PROTOCOL.registered)


class ClientTls(Tls):
    """The client's end: it speaks first, so `outgoing` has the ClientHello at once."""

    def __init__(self, context: ssl.SSLContext, server_name: str) -> None:
        super().__init__(context, server_side=False, server_name=server_name)
        self.receive(b"")
        self.begun = True


def _named(name: str | None) -> str:
    return f"server name {name}" if name else "no server name"
