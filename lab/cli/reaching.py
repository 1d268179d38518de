"""On which gateway `run` plays: one that it starts, or one that runs already."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lab.cli.problems import Problem, problems_of

if TYPE_CHECKING:
    from lab.gateways import Address, Gateway


def player(name: str | None, url: str | None, upstream_listen: str | None, *, http2: bool) -> "Gateway":
    from lab.gateways.names import address_of, gateway_named, running_gateway

    if (url is None) != (upstream_listen is None):
        raise Problem(
            "--gateway-url and --upstream-listen go together: where it is asked, and where it finds its upstream"
        )
    if url is not None and name is not None:
        raise Problem(f"--gateway {name} starts a gateway, and --gateway-url asks one that runs: give one of them")
    with problems_of(LookupError, ValueError):
        if url is None or upstream_listen is None:
            return gateway_named(name or "reference")
        _free(address_of(upstream_listen))
        found = running_gateway(url, upstream_listen, http2=http2)
        _refuse_path(url)
        return found


def _refuse_path(url: str) -> None:
    """Each scenario asks for a target of its own, so that a path here could only be ignored."""
    parts = urlsplit(url)
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise Problem(f"--gateway-url {url!r}: give scheme, host and port alone; each scenario has its own target")


def _free(address: "Address") -> None:
    """Whether the upstream will be able to listen where the gateway expects it."""
    from lab.serving.addresses import host_and_port
    from lab.serving.sockets import listening_socket

    try:
        listening_socket(*address).close()
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(f"--upstream-listen {host_and_port(address)}: cannot listen there: {reason}") from None


def options(gateway: str | None, url: str | None, upstream_listen: str | None, folder: Path | None) -> list[str]:
    """The options that play on the same gateway, out of the same folder, once more."""
    given = {
        "--gateway": None if gateway == "reference" else gateway,
        "--gateway-url": url,
        "--upstream-listen": upstream_listen,
        "--scenarios": folder,
    }
    return [word for name, value in given.items() if value is not None for word in (name, str(value))]
