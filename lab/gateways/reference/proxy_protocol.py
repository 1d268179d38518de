"""The PROXY protocol, as a sender writes it: who the client is, told before anything else on an upstream connection.

Version 1 is a line of text, version 2 has the same in bytes (https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt,
2.1 and 2.2). Both name one client connection, by its two ends.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address

VERSIONS = (1, 2)

End = tuple[str, int] | str | None
"""One end of a client connection: address and port, the path of a Unix socket, or unknown."""

_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_PROXY = 0x21  # version 2; on behalf of a client, unlike a connection of the sender's own
_UNSPECIFIED, _TCP4, _TCP6, _UNIX = 0x00, 0x11, 0x21, 0x31
_LONGEST_PATH = 108

_Ends = tuple[IPv4Address, IPv4Address] | tuple[IPv6Address, IPv6Address]


def preamble(version: int, client: End, gateway: End) -> bytes:
    """What goes before everything else: the client connection's ends are these. What a version cannot name, or what is
    not known, it calls unknown."""
    return _line(client, gateway) if version == 1 else _block(client, gateway)


def _line(client: End, gateway: End) -> bytes:
    if isinstance(client, tuple) and isinstance(gateway, tuple) and (ends := _addresses(client[0], gateway[0])):
        return b"PROXY TCP%d %s %s %d %d\r\n" % (
            ends[0].version, str(ends[0]).encode(), str(ends[1]).encode(), client[1], gateway[1]
        )  # fmt: skip
    return b"PROXY UNKNOWN\r\n"


def _block(client: End, gateway: End) -> bytes:
    family, ends = _named(client, gateway)
    return _SIGNATURE + bytes((_PROXY, family)) + len(ends).to_bytes(2, "big") + ends


def _named(client: End, gateway: End) -> tuple[int, bytes]:
    """The family of the two ends, and the ends themselves: first both addresses, then both ports."""
    if isinstance(client, str) and isinstance(gateway, str):
        paths = [path.encode("utf-8", "surrogateescape") for path in (client, gateway)]
        if max(map(len, paths)) <= _LONGEST_PATH:
            return _UNIX, b"".join(path.ljust(_LONGEST_PATH, b"\0") for path in paths)
    if isinstance(client, tuple) and isinstance(gateway, tuple) and (ends := _addresses(client[0], gateway[0])):
        ports = client[1].to_bytes(2, "big") + gateway[1].to_bytes(2, "big")
        return (_TCP4 if ends[0].version == 4 else _TCP6), ends[0].packed + ends[1].packed + ports
    return _UNSPECIFIED, b""


def _addresses(client: str, gateway: str) -> _Ends | None:
    """Both as addresses of one family: IPv4 in the clothes of IPv6 is IPv4. None where they are not of one."""
    match _address(client), _address(gateway):
        case (IPv4Address() as first, IPv4Address() as second):
            return first, second
        case (IPv6Address() as first, IPv6Address() as second):
            return first, second
    return None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
