"""The caches that are compared: ours, and those of the field, set up to store whatever they may."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILES = Path(__file__).parent / "caches"


@dataclass(frozen=True)
class Cache:
    """One cache. In its command, its files and its environment `{dir}` is a directory of its own, `{port}` where it
    listens and `{origin}` the port of the suite's server, all on 127.0.0.1. `files`: under `caches/`, copied there."""

    name: str
    command: tuple[str, ...]
    version: tuple[str, ...]
    files: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def installed(self) -> bool:
        return shutil.which(self.command[0]) is not None

    def write(self, values: Mapping[str, str]) -> None:
        """Put its files, filled in, into its directory, and the folders that such programs want to find there."""
        for name in self.files:
            target = Path(values["dir"]) / Path(name).name
            target.write_text(fill((FILES / name).read_text(), values))
        for folder in ("cache", "lib", "log", "run"):
            (Path(values["dir"]) / folder).mkdir()


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of their names in braces; other braces are the program's own."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


OURS = Cache(
    "reference",
    (
        sys.executable, "-m", "lab", "gateway", "--cache",
        "--listen", "127.0.0.1:{port}", "--upstream", "http://127.0.0.1:{origin}",
    ),
    (sys.executable, "-m", "lab", "--version"),
)  # fmt: skip

_TRAFFICSERVER = ("runroot.yaml", "records.config", "remap.config", "storage.config", "ip_allow.yaml", "resolv.conf")

CACHES = (
    OURS,
    Cache(
        "nginx",
        ("/usr/sbin/nginx", "-p", "{dir}", "-e", "{dir}/error.log", "-c", "{dir}/nginx.conf"),
        ("/usr/sbin/nginx", "-v"),
        ("nginx.conf",),
    ),
    Cache(
        "squid",
        ("/usr/sbin/squid", "-N", "-n", "t{port}", "-f", "{dir}/squid.conf"),
        ("/usr/sbin/squid", "-v"),
        ("squid.conf",),
    ),
    Cache(
        "apache",
        ("/usr/sbin/apache2", "-DFOREGROUND", "-d", "{dir}", "-f", "{dir}/apache.conf"),
        ("/usr/sbin/apache2", "-v"),
        ("apache.conf",),
    ),
    Cache(
        "varnish",
        (
            "/usr/sbin/varnishd", "-F", "-n", "{dir}/n", "-a", "127.0.0.1:{port}", "-f", "{dir}/varnish.vcl",
            "-T", "none", "-s", "malloc,64M", "-p", "default_ttl=0", "-p", "default_grace=0", "-p", "default_keep=3600",
        ),
        ("/usr/sbin/varnishd", "-V"),
        ("varnish.vcl",),
    ),
    Cache(
        "trafficserver",
        ("/usr/bin/traffic_server", "--run-root={dir}/runroot.yaml"),
        ("/usr/bin/traffic_server", "--version"),
        tuple(f"trafficserver/{name}" for name in _TRAFFICSERVER),
        {"TS_RUNROOT": "{dir}/runroot.yaml"},
    ),
)  # fmt: skip
