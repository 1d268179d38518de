"""Addresses, as people and URLs write them."""


def host_and_port(address: tuple[str, int]) -> str:
    """`127.0.0.1:9000`, `[::1]:9000`, `upstream.test:443`."""
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
