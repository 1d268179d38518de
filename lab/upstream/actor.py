"""Plays a script on one connection: takes a step, does it, and goes on when what it waits for has come.

No task and no thread: whatever happens on the connection calls `wake`, and the step that waits looks again.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

from lab.script import (
    MOST_STEPS,
    NOWHERE,
    Close,
    Mistake,
    Part,
    Pause,
    Placeholder,
    Playing,
    Receive,
    ReceiveRequest,
    Reset,
    Script,
    Send,
    Stall,
    StartTLS,
    Step,
    Until,
    begin,
    fill,
)
from lab.transcript import What
from lab.upstream.connection import Connection
from lab.upstream.recording import Recording, Watch

RECEIVING = (Receive, ReceiveRequest, StartTLS)
"""The steps that wait for the other side."""

PENDING: Final = object()
"""The step has to wait."""

Waiting = Callable[[], object]
"""Looks again: gives what the step gave the script, or PENDING."""


class Actor:
    """The party that plays a script, whichever end of the connection it is. `over`: it has played an ending."""

    def __init__(self, record: Recording, connection: Connection) -> None:
        self.record = record
        self.connection = connection
        connection.party = self
        self.step: Step | None = None
        self.over = False
        self._playing: Playing | None = None
        self._look: Waiting = _for_ever
        self._left = 0
        self._timer: asyncio.TimerHandle | None = None
        self._watch: Watch | None = None

    @property
    def playing(self) -> bool:
        """Whether a script is on."""
        return self._playing is not None

    @property
    def idle(self) -> bool:
        """Whether nothing goes on: no script is on, or it waits for the other side to begin with something."""
        return self._playing is None or (isinstance(self.step, RECEIVING) and not self.has_received)

    @property
    def settled(self) -> bool:
        """Whether nothing will happen that anybody could notice, unless the other side does something."""
        return self.idle or isinstance(self.step, Stall) or self.connection.ended

    # What a kind of party adds

    @property
    def has_received(self) -> bool:
        """Whether something has come that the script has not taken."""
        raise NotImplementedError

    def take(self, at_least: int) -> bytes | None:
        """All that has come, if it is so much."""
        raise NotImplementedError

    def values(self, parts: tuple[Part, ...]) -> Mapping[Placeholder, bytes]:
        """What stands for the placeholders of these parts."""
        return {}

    def sent(self, data: bytes, values: Mapping[Placeholder, bytes]) -> None:
        """A Send has been written: these bytes, with these values in them."""

    def special(self, step: Step) -> Waiting:
        """Do a step that only this kind of party knows."""
        raise Mistake(f"{type(step).__name__} has no place in this script", step.where)

    def took_effect(self, step: Step) -> None:
        """The step has done what it is there for. A mark counts only while there is somebody to meet it."""
        says = step.wrong or step.watch
        if says is not None and not self.connection.ended:
            self.connection.note(What.DELIVERED, detail=says)

    def script_over(self) -> None:
        """The script came to its end, without an ending step."""

    # Playing

    def play(self, script: Script) -> None:
        """Begin this script, in place of the one that is on."""
        self._stop()
        self._playing, self._left = begin(script), MOST_STEPS
        self._go(None)

    def wake(self) -> None:
        """Something has happened that the step may have waited for."""
        if self._playing is None:
            return
        try:
            answer = self._look()
        except Exception as error:
            self._failed(error)
            return
        if answer is not PENDING:
            self._go(answer)

    def _go(self, answer: Any) -> None:
        playing = self._playing
        while playing is not None and playing is self._playing:
            try:
                self.step = self._checked(playing.send(answer))
                self._look = self._begin(self.step)
                answer = self._look()
            except StopIteration:
                self._stop()
                self.script_over()
                return
            except Exception as error:
                self._failed(error)
                return
            if answer is PENDING:
                return

    def _checked(self, step: object) -> Step:
        self._left -= 1
        if not isinstance(step, Step):
            where = self.step.where if self.step else NOWHERE
            raise Mistake(f"a script is made of steps such as Send(...), not {step!r}", where)
        if self._left < 0:
            raise Mistake(f"the script does not end: more than {MOST_STEPS:,} steps", step.where)
        return step

    def _begin(self, step: Step) -> Waiting:
        match step:
            case Send():
                return self._send(step)
            case Receive():
                return self._receive(step)
            case Pause():
                return self._pause(step)
            case Until():
                return self._until(step)
            case Close() | Reset() | Stall():
                return self._end(step)
            case _:
                return self.special(step)

    def _send(self, step: Send) -> Waiting:
        values, there = self.values(step.lines), self.connection.open
        data = fill(step.lines, values)
        self.connection.send(data)
        self.sent(data, values)
        if there and self.connection.open:
            self.took_effect(step)
        return lambda: None if self.connection.drained else PENDING

    def _receive(self, step: Receive) -> Waiting:
        self.took_effect(step)

        def look() -> object:
            taken = self.take(step.at_least)
            return PENDING if taken is None else taken

        return look

    def _pause(self, step: Pause) -> Waiting:
        self.took_effect(step)
        self._alarm(step.seconds)
        return lambda: None if self._timer is None else PENDING

    def _until(self, step: Until) -> Waiting:
        self.took_effect(step)
        self._alarm(step.else_after)
        watch = self._watch = self.record.watch(step.event, self.wake)

        def look() -> object:
            if not watch.seen and self._timer is not None:
                return PENDING
            self.connection.note(What.WAITED, detail="event" if watch.seen else "else")
            self._disarm()
            return None

        return look

    def _end(self, step: Close | Reset | Stall) -> Waiting:
        there = self.connection.open
        if isinstance(step, Close):
            self.connection.close(alert=step.alert)
        elif isinstance(step, Reset):
            self.connection.reset()
        else:
            self._stall(step)
        if there:
            self.took_effect(step)
        if not isinstance(step, Stall):
            self.over = True
            self._stop()
        return _for_ever

    def _stall(self, step: Stall) -> None:
        self.connection.note(What.STALLED)
        if not step.reads:
            self.connection.stop_reading()

    # What the connection tells

    def opened(self) -> None:
        """The connection is there."""

    def arrived(self, data: bytes) -> None:
        raise NotImplementedError

    def changed(self) -> None:
        self.wake()

    def ended(self) -> None:
        """The other side sends no more, so nothing that is still to be received will come."""
        if isinstance(self.step, RECEIVING) or not self.playing:
            self._stop()
            self.connection.close()

    def gone(self) -> None:
        self._stop()

    # Endings

    def _alarm(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._rang)

    def _rang(self) -> None:
        self._timer = None
        self.wake()

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._watch is not None:
            self.record.unwatch(self._watch)
            self._watch = None

    def _stop(self) -> None:
        """No script is on any more."""
        self._disarm()
        playing, self._playing = self._playing, None
        if playing is not None:
            playing.close()
        self.record.changed()

    def _failed(self, error: Exception) -> None:
        where = self.step.where if self.step else NOWHERE
        told = error if isinstance(error, Mistake) else Mistake(f"the script fails after this step: {error!r}", where)
        self.connection.note(What.SCRIPT_FAILED, detail=str(told))
        self._stop()
        self.connection.reset()
        self.record.fail(str(told))


def _for_ever() -> object:
    return PENDING
