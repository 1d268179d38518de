"""The certificates of `lab.tls.Certificate`, made once in each process, and contexts that show or check them.

Contexts are shared between all who ask for the same one: they are for handshakes, not for changing.
"""

from lab.certificates.contexts import client_context, server_context
from lab.certificates.files import authority_file
from lab.certificates.identities import NAMES, Identity, authority, client_identity, identity

__all__ = [
    "NAMES",
    "Identity",
    "authority",
    "authority_file",
    "client_context",
    "client_identity",
    "identity",
    "server_context",
]
