"""The gateway's end of TLS towards an upstream: bytes in, bytes out, no socket.

asyncio's own TLS cannot tell a closure alert from a connection that was cut, nor one alert from another.
"""

import ssl
from functools import lru_cache

from lab.gateways.reference.failure import Failure
from lab.rfc.conditions import Condition
from lab.tls import describe, first_record, openssl_reason, received_alert

_SEEN = 64
_PIECE = 65536


@lru_cache(maxsize=16)
def client_context(trust: bytes | None) -> ssl.SSLContext:
    """How upstreams are checked: with these certificates of authorities (PEM; empty: nobody's) alone, or with the
    system's (None). Raises ValueError where the bytes hold no certificate.
    """
    if trust is None:
        context = ssl.create_default_context()
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        _trust(context, trust)
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # Python's own default, which Debian's Python leaves out
    context.set_alpn_protocols(["http/1.1"])
    context.options |= ssl.OP_NO_RENEGOTIATION  # or a write could have to wait for a read
    return context


def _trust(context: ssl.SSLContext, pem: bytes) -> None:
    if not pem:
        return
    try:
        context.load_verify_locations(cadata=pem.decode("ascii"))
    except (ssl.SSLError, UnicodeDecodeError) as error:
        raise ValueError("these bytes hold no certificate in PEM") from error


class Secured:
    """TLS as a client. `ready`: the handshake is done. `closed`: the closure alert has arrived. `failure`: what ended
    it otherwise."""

    def __init__(self, context: ssl.SSLContext, server_name: str) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_name)
        self._seen = b""
        self.ready = False
        self.closed = False
        self.failure: Failure | None = None
        self._go_on([])

    def receive(self, data: bytes) -> bytes:
        """Take what came over the wire; give what it says, as far as it says something."""
        if len(self._seen) < _SEEN:
            self._seen += data[:_SEEN]
        self._incoming.write(data)
        said: list[bytes] = []
        self._go_on(said)
        return b"".join(said)

    def send(self, data: bytes) -> None:
        """Encrypt; `outgoing` has the bytes for the wire."""
        self._tls.write(data)

    def close(self) -> None:
        """Say that nothing more will be sent: the closure alert."""
        try:
            self._tls.unwrap()
        except ssl.SSLError:  # the other side's closure alert is not waited for
            return

    def outgoing(self) -> bytes:
        """What is to be sent over the wire now."""
        return self._outgoing.read() if self._outgoing.pending else b""

    @property
    def begun(self) -> str:
        """What has come over the wire so far, in words."""
        return describe(self._seen)

    def _go_on(self, said: list[bytes]) -> None:
        try:
            if not self.ready:
                self._tls.do_handshake()
                self.ready = True
            while piece := self._tls.read(_PIECE):
                said.append(piece)
            self.closed = True
        except ssl.SSLWantReadError:
            return
        except ssl.SSLZeroReturnError:
            self.closed = True
        except ssl.SSLError as error:
            self.failure = self._failure(error)

    def _failure(self, error: ssl.SSLError) -> Failure:
        reason = openssl_reason(error.reason, str(error))
        alert = received_alert(reason)
        if alert is not None:
            extras: dict[str, int | str] = {"alert-id": int(alert), "alert-message": alert.registered}
            return Failure(Condition.TLS_ALERT, f"the upstream sent the TLS alert {alert.registered}", extras)
        if isinstance(error, ssl.SSLCertVerificationError):
            return Failure(Condition.TLS_CERTIFICATE, error.verify_message.rstrip("."))
        if first_record(self._seen) is None:
            return Failure(Condition.TLS_PLAINTEXT, f"in place of TLS came {self.begun}")
        return Failure(Condition.TLS_FAILED, reason.lower().replace("_", " "))
