"""curl, and what it says of the answer."""

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any

from tests.real.programs import DEADLINE, needed


@dataclass(frozen=True)
class Curled:
    """What curl got. `head`: the lines of all header sections. `told`: its own account (`--write-out '%{json}'`)."""

    exit: int
    head: tuple[str, ...]
    content: bytes
    told: dict[str, Any]

    @property
    def status(self) -> int:
        """Of the last response; 0 where there was none."""
        return int(self.told["http_code"])

    def value(self, name: str) -> str:
        """The values of a field, joined; of all responses, interim ones too."""
        fields = [line.partition(":") for line in self.head]
        return ", ".join(value.strip() for field, _, value in fields if field.lower() == name.lower())


def curl(*arguments: str, data: bytes = b"") -> Curled:
    """Ask. `data`: what curl finds on its standard input."""
    command = [
        needed("curl"), "--disable", "--silent", "--max-time", str(DEADLINE),
        "--dump-header", "/dev/stderr", "--write-out", "%{stderr}%{json}", *arguments,
    ]  # fmt: skip
    no_proxies = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(command, input=data, capture_output=True, timeout=2 * DEADLINE, check=False, env=no_proxies)
    *head, told = done.stderr.decode("latin-1").splitlines()
    return Curled(done.returncode, tuple(filter(None, head)), done.stdout, json.loads(told))
