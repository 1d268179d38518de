"""The ASGI scope of a request."""

from typing import Any
from urllib.parse import unquote

from lab.gateways.reference.front.extension import EXTENSION, Front
from lab.gateways.reference.front.request import Request
from lab.serving.connection import Connection


def scope_of(request: Request, front: Front, connection: Connection) -> dict[str, Any]:
    """As the ASGI specification wants it, but with the method verbatim: `get` is not GET (RFC 9110, 9.1).

    Host is the effective authority, whatever the field said (RFC 9112, 3.2.2).
    """
    path, _, query = request.origin_form.partition(b"?")
    fields = [(b"host", request.authority)] if request.authority or request.fields.has(b"Host") else []
    fields += [(name.lower(), value) for name, value in request.fields.without(b"Host")]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": request.version,
        "method": request.method.decode("ascii"),
        "scheme": "https" if connection.secure else "http",
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": fields,
        "client": connection.client,
        "server": connection.local,
        "state": dict(connection.state),
        "extensions": {EXTENSION: front},
    }
