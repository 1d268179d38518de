"""Waiting for somebody to type, so that no Ctrl-C is lost."""

import os
import select
import signal
import sys


def until_typed() -> None:
    """Return when a line can be read from the terminal; a Ctrl-C at any moment raises KeyboardInterrupt.

    `input()` alone loses one that comes between its prompt and its read: the signal is noted, and the read waits for
    a key all the same. So the signal itself must be something to wait for.
    """
    if sys.platform == "win32":  # where select() knows no terminals
        return
    interrupted, interrupts = os.pipe()
    os.set_blocking(interrupts, False)
    before = signal.set_wakeup_fd(interrupts, warn_on_full_buffer=False)
    try:
        # Another signal, such as that of a new size of the window, wakes it too: what comes then is waited for here.
        while sys.stdin not in select.select([sys.stdin, interrupted], [], [])[0]:
            os.read(interrupted, 4096)
    finally:
        signal.set_wakeup_fd(before)
        os.close(interrupted)
        os.close(interrupts)
