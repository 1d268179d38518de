"""The lab's own programs, behind and before a browser: the healthy origin, broken upstreams, the gateway."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

from tests.real.programs import DEADLINE, Program


class HealthyOrigin(Program):
    """`badgateway origin`, once it listens."""

    def __init__(self, listen: str = "127.0.0.1:0") -> None:
        super().__init__(sys.executable, "-m", "lab", "origin", "--listen", listen)
        self.url = self.says(r"listens on (http://\S+)")[1]

    def asked(self, path: str) -> list[dict[str, Any]]:
        """What it was asked for this path, the oldest first."""
        return [each for each in json.loads(self._ask("GET", "/_asked"))["requests"] if each["target"] == path]

    def change(self, path: str, content: bytes) -> None:
        self._ask("PUT", path, content)

    @contextmanager
    def failing(self, how: bytes) -> Iterator[None]:
        """A bad day: a status code, perhaps with its Cache-Control."""
        self._ask("PUT", "/_failing", how)
        yield
        self._ask("DELETE", "/_failing")

    def _ask(self, method: str, path: str, content: bytes | None = None) -> bytes:
        with urlopen(Request(self.url + path, content, method=method), timeout=DEADLINE) as answer:
            return bytes(answer.read())


def fields(asked: dict[str, Any]) -> dict[str, str]:
    """Of a request, those that the origin tells of."""
    return {name.lower(): value for name, value in asked["fields"]}


@contextmanager
def broken_upstream(scenario: str) -> Iterator[Program]:
    """The upstream of a scenario, played as often as it is asked."""
    with Program(sys.executable, "-m", "lab", "upstream", scenario, "--listen", "127.0.0.1:0") as upstream:
        upstream.url = upstream.says(r"plays at (http://[\w.:]+)")[1]
        yield upstream
