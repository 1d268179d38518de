"""Waiting for SIGINT or SIGTERM, on every platform."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator

_NAMES = ("SIGINT", "SIGTERM", "SIGBREAK")

AGAIN = 0.5
"""Seconds after which a further signal is meant as one."""


@contextlib.contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """Within the block, SIGINT and SIGTERM (on Windows also SIGBREAK) set the event instead of ending the process.

    A signal that comes `AGAIN` seconds later or more meets what was there before, so that a stop which hangs can still
    be ended by hand. One that comes sooner is the same request once more: `timeout`, for one, signals the process and
    then its group. To be entered in the main thread, with a running loop.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    later: asyncio.TimerHandle | None = None

    def restore() -> None:
        for number, handler in before.items():
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)  # None: not set from Python

    def received() -> None:
        nonlocal later
        if not stop.is_set():
            stop.set()
            later = loop.call_later(AGAIN, restore)

    try:
        for number in numbers:
            try:
                loop.add_signal_handler(number, received)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(received))
        yield stop
    finally:
        if later is not None:
            later.cancel()
        restore()
