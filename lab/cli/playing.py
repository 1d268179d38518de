"""Playing to the end, or until somebody presses Ctrl-C."""

from collections.abc import Coroutine


def interrupted(playing: Coroutine[None, None, None]) -> bool:
    """Play. Gives whether it was interrupted."""
    import asyncio

    try:
        asyncio.run(playing)
    except KeyboardInterrupt:
        return True
    return False
