import ssl

import pytest
import trustme

from tests.serving.conftest import authority, client_tls, server_tls

__all__ = ["authority", "client_tls", "server_tls"]


@pytest.fixture(scope="session")
def h2_tls(authority: trustme.CA) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server and a client that agree on HTTP/2."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert("localhost").configure_cert(server)
    authority.configure_trust(client)
    server.set_alpn_protocols(["h2", "http/1.1"])
    client.set_alpn_protocols(["h2", "http/1.1"])
    return server, client
