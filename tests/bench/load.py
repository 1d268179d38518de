"""Who asks: wrk or h2load where they are installed, else a client of our own, each in a process of its own.

python -m tests.bench.load URL CONNECTIONS SECONDS
"""

import asyncio
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from urllib.parse import urlsplit

from tests.bench.contenders import Contender


def requests_per_second(url: str, *, connections: int = 16, seconds: int = 1) -> float:
    """Of HTTP/1.1, on connections that are kept. All answers have to be right."""
    own = [sys.executable, "-m", "tests.bench.load", url, str(connections), str(seconds)]
    wrk = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", url]
    said = _said(wrk if shutil.which("wrk") else own)
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    return float(_found(r"Requests/sec: *([\d.]+)", said))


def h2_requests_per_second(url: str, *, seconds: int = 1, streams: int = 16) -> float:
    """Of HTTP/2 with prior knowledge, on one connection with so many streams."""
    said = _said(["h2load", "-c1", f"-m{streams}", f"-D{seconds}", url])
    assert re.search(r" 0 failed, 0 errored, 0 timeout", said), said
    return float(_found(r"finished in [\d.]+s, ([\d.]+) req/s", said))


def h2_transfer(contender: Contender, *, count: int, length: int) -> float:
    """Megabytes per second over HTTP/2, of so many answers of that length, on one connection with wide windows."""
    said = _said(["h2load", "-c1", "-m4", "-w30", "-W30", f"-n{count}", f"{contender.url}/{length}"])
    assert f" {count} succeeded, 0 failed" in said, said
    seconds, unit = re.findall(r"finished in ([\d.]+)(ms|s|us)", said)[0]
    return count * length / (float(seconds) * {"s": 1, "ms": 1e-3, "us": 1e-6}[unit]) / 1e6


def h2_latency(url: str, length: int) -> float:
    """Milliseconds from one request of HTTP/2 to its answer, on one connection: the median of 500."""
    with tempfile.NamedTemporaryFile("r") as log:
        _said(["h2load", "-c1", "-m1", "-n500", f"--log-file={log.name}", f"{url}/{length}"])
        return statistics.median(int(line.split()[2]) for line in log) / 1000


def latencies(address: tuple[str, int], target: str, count: int) -> float:
    """Milliseconds from one request to its answer, on one connection: the median."""
    request = f"GET {target} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n\r\n".encode()
    taken = []
    with socket.create_connection(address, 20) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            begun = time.perf_counter()
            sock.sendall(request)
            answer = sock.recv(65_536)
            while len(answer) < expected(answer):
                answer += sock.recv(65_536)
            taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def transfer(address: tuple[str, int], length: int) -> float:
    """Megabytes per second, of one answer of so many octets."""
    buffer = bytearray(1 << 18)
    with socket.create_connection(address, 20) as sock:
        begun = time.perf_counter()
        sock.sendall(f"GET /{length} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n\r\n".encode())
        got = sock.recv_into(buffer)
        left = expected(bytes(buffer[:got])) - got
        while left > 0 and (got := sock.recv_into(buffer)):
            left -= got
        assert left == 0, f"{left} octets are missing"
        return length / (time.perf_counter() - begun) / 1e6


def expected(answer: bytes) -> int:
    """How long an answer of known length is in all; one more than there is while that is not known."""
    head, end, _ = answer.partition(b"\r\n\r\n")
    if not end:
        return len(answer) + 1
    assert head.startswith(b"HTTP/1.1 200"), head
    return len(head) + 4 + int(_found(r"content-length: *(\d+)", head.decode("latin-1")))


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.IGNORECASE)
    assert found is not None, text
    return found[1]


class _Client(asyncio.Protocol):
    """Asks again as soon as it is answered."""

    def __init__(self, request: bytes) -> None:
        self.answers = 0
        self._request = request
        self._received = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if len(self._received) >= expected(self._received):
            self._received = b""
            self.answers += 1
            self._transport.write(self._request)


async def _ask(url: str, connections: int, seconds: int) -> None:
    parts = urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    assert parts.hostname is not None
    assert parts.port is not None
    loop, clients = asyncio.get_running_loop(), []
    for _ in range(connections):
        _, client = await loop.create_connection(partial(_Client, request), parts.hostname, parts.port)
        clients.append(client)
    await asyncio.sleep(seconds)
    print(f"Requests/sec: {sum(client.answers for client in clients) / seconds:.1f}")


if __name__ == "__main__":
    asyncio.run(_ask(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
