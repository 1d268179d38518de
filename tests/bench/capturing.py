"""A capture of a large content, as it is written into a file."""

import resource
import sys
import tempfile
import time
import tracemalloc

from tests.bench.measuring import told

MIB = 1 << 20
SIZE = 100 * MIB
MOST = 4
"""MiB that the writing may hold, beyond what the transcript is made of."""


async def capture() -> bool:
    """A pcapng of 100 MiB, on both of its connections, in constant memory."""
    from lab.show.pcapng import Capture, pcapng
    from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Event, Player, Transcript, What

    content = bytes(SIZE)
    events = (Event(1, UPSTREAM_HOP, 1, What.SENT, data=content), Event(2, CLIENT_HOP, 1, What.RECEIVED, data=content))
    told_of = Transcript("bench/large", "", Player("bench"), False, "", (), events)

    def written() -> float:
        begun = time.perf_counter()
        with tempfile.TemporaryFile() as file:
            file.writelines(pcapng([Capture(told_of, "bench/large")]))
        return time.perf_counter() - begun

    before = _resident()
    took = written()
    grown = _resident() - before
    tracemalloc.start()
    written()
    held = tracemalloc.get_traced_memory()[1] / MIB
    tracemalloc.stop()
    print(f"(q) a pcapng of {SIZE // MIB} MiB of content, on two connections")
    told("in all", f"{took:.2f} s", "", True)
    met = told("held at most, by Python's own count", f"{held:.2f} MiB", f"at most {MOST} MiB", held <= MOST)
    return told("the process has grown", f"{grown:.1f} MiB", f"at most {MOST} MiB", grown <= MOST) and met


def _resident() -> float:
    """The most that this process has had in memory, in MiB; macOS counts octets, Linux KiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MIB if sys.platform == "darwin" else 1024)
