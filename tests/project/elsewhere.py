"""A Python that lacks what only some systems have, for as long as one command runs: python -m tests.project.elsewhere

The words after it are the command's: `badgateway run first`, or `pytest scenarios/first`; several are divided by `+`
and done one after the other. Everything is hidden before
anything of the lab is imported. What this cannot show is how other systems behave; only that nothing leans on this one.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import sysconfig
from itertools import groupby
from typing import Any

ATTRIBUTES = {
    socket: ("AF_UNIX", "SO_REUSEPORT", "SCM_RIGHTS", "send_fds", "recv_fds", "CMSG_LEN", "CMSG_SPACE"),
    os: (
        "fork", "forkpty", "register_at_fork", "posix_spawn", "posix_spawnp", "pipe2", "setsid", "setpgid", "killpg",
        "getpgid", "getuid", "geteuid", "getgid", "getegid", "getgroups", "sched_getaffinity", "sysconf", "uname",
        "memfd_create", "pidfd_open", "waitid", "WNOHANG",
    ),
    signal: (
        "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGPIPE", "SIGCHLD", "SIGWINCH", "pthread_sigmask",
        "pthread_kill", "sigwait", "setitimer", "alarm", "pause",
    ),
}  # fmt: skip
"""What Windows has not, and macOS only in part."""

MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "prctl", "_posixshmem")
"""What cannot be imported there. Without fcntl and ctypes nobody asks for PR_SET_PDEATHSIG or passes descriptors."""


def _lacking(name: str) -> Any:
    """A method that only asyncio itself may call."""

    def method(self: Any, *given: Any, **more: Any) -> Any:
        if not sys._getframe(1).f_globals["__name__"].startswith("asyncio"):
            raise NotImplementedError(name)
        return getattr(asyncio.SelectorEventLoop, name)(self, *given, **more)

    return method


class Loop(asyncio.SelectorEventLoop):
    """A loop without signal handlers, readers, writers and Unix sockets for anybody but itself, as on Windows."""

    add_signal_handler, remove_signal_handler = _lacking("add_signal_handler"), _lacking("remove_signal_handler")
    add_reader, remove_reader = _lacking("add_reader"), _lacking("remove_reader")
    add_writer, remove_writer = _lacking("add_writer"), _lacking("remove_writer")
    create_unix_connection = create_unix_server = _lacking("create_unix_connection")


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return Loop()


class NoLibraries:
    """`ctypes` as far as others import it; no function of the system's library can be had."""

    def __getattr__(self, name: str) -> Any:
        raise ImportError(f"ctypes.{name} is hidden")


def hide() -> None:
    """Hide it all, for good."""
    sysconfig.get_config_vars()  # pytest asks later, by the name of the system
    asyncio.set_event_loop_policy(Policy())
    for module, names in ATTRIBUTES.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    socket.socketpair = _socketpair  # type: ignore[assignment]
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    sys.modules["ctypes"] = NoLibraries()  # type: ignore[assignment]
    subprocess.Popen.__init__ = _no_process  # type: ignore[method-assign]
    sys.platform = "elsewhere"


def _socketpair(*_: Any) -> tuple[socket.socket, socket.socket]:
    """As Python makes one where the system has none: over the loopback interface."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        return near, listener.accept()[0]


def _no_process(self: Any, *_: Any, **__: Any) -> None:
    raise NotImplementedError("no process is started here")


def done(words: list[str]) -> int:
    command, *rest = words
    if command == "pytest":
        import pytest

        return int(pytest.main(rest))
    assert command == "badgateway"
    sys.argv = words
    from badgateway import main as badgateway

    return badgateway() or 0


def main(words: list[str]) -> int:
    """Do them all. Gives the first status that is not 0."""
    hide()
    commands = [list(group) for divider, group in groupby(words, lambda word: word == "+") if not divider]
    return next((status for command in commands if (status := done(command))), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
