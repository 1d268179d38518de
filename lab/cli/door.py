"""The command itself: which commands there are, and how every mistake and every interruption ends.

Exit status: 0 nothing deviates, 1 something deviates, is unsound or stays inconclusive, 2 wrong usage, 130 interrupted,
141 nobody reads on (as with `| head`).
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from lab.version import VERSION

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "tour": "Start here: six stops, eight minutes, offline.",
    "list": "List the scenarios, or what causes a 502.",
    "show": "Read a scenario; or look again at what run --save kept.",
    "run": "Play scenarios and see what came of it.",
    "grid": "Play faults against a cache: 502, 304 or a stale 200.",
    "compare": "Compare 502 with 304, both measured just now.",
    "new": "Write a commented scenario to change.",
    "words": "Explain a word.",
    "notebooks": "Lessons to work in: copied for you, and opened in JupyterLab.",
    "gateway": "Start the reference gateway in front of any upstream.",
    "upstream": "Play a scenario's upstream for your own client or gateway.",
    "origin": "Start a healthy origin, to see what caches make of its answers.",
    "film": "Make a short film of a scenario, for slides.",
    "stick": "Fill a folder from which learners install the lab offline.",
    "completion": "Print what bash, zsh or fish needs to complete all this.",
}
"""In the order of the help, each in one sentence. Each is a module beside this one, with a `command` in it."""

INTERRUPTED, NOBODY_READS = 130, 141

COMPLETE = "_BADGATEWAY_COMPLETE"
"""The variable by which a shell's script asks what it may offer, as click names it."""


class Door(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: click.Command = import_module(f"lab.cli.{name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        unknown = args and args[0] not in COMMANDS and not args[0].startswith("-")
        if unknown and not ctx.resilient_parsing:
            from lab.cli.problems import Problem, near

            raise Problem(f"there is no command {args[0]!r}; {near(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click's, without importing every command to ask it for its sentence."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=says) for name, says in COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        """As click's, with the lab's own endings; leaves by SystemExit like any other command."""
        sys.exit(self.status(args))

    def status(self, args: Sequence[str] | None = None) -> int:
        """Do what the words say, and give the exit status. Every mistake is one line on standard error."""
        try:
            if asked := os.environ.get(COMPLETE):
                return _completed(self, asked)
            status = self._done(sys.argv[1:] if args is None else list(args))
            sys.stdout.flush()
        except click.ClickException as error:
            return _mistaken(error)
        except (KeyboardInterrupt, click.Abort):
            click.echo("badgateway: interrupted", err=True)
            return INTERRUPTED
        except BrokenPipeError:
            _write_no_more()
            return NOBODY_READS
        except OSError as error:
            _write_no_more()
            return _mistaken(click.UsageError(error.strerror or str(error)))
        return status

    def _done(self, args: list[str]) -> int:
        # Not by click's own `main`, which gives 1 to a broken pipe: here that says that something deviates.
        try:
            with self.make_context("badgateway", args) as ctx:
                status = self.invoke(ctx)
        except click.exceptions.Exit as exit:
            return exit.exit_code
        return status if isinstance(status, int) else 0


def _completed(command: click.Command, asked: str) -> int:
    """What a shell asks for while something is typed; `lab.cli.completion` prints its script."""
    from click.shell_completion import shell_complete

    return shell_complete(command, {}, "badgateway", COMPLETE, asked)


def _write_no_more() -> None:
    """What is still in the buffer cannot be written: the interpreter must not try again when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _mistaken(error: click.ClickException) -> int:
    from lab.show.escape import visible

    text = " ".join(error.format_message().split())
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f" (see {error.ctx.command_path} --help)"
    click.echo(f"badgateway: {visible(text)}{hint}", err=True)
    return error.exit_code


@click.group(cls=Door, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="badgateway %(version)s")
@click.pass_context
def door(ctx: click.Context) -> None:
    """Servers that break on purpose, byte for byte, behind a gateway: why a 502 happens, and what a cache saves.

    \b
    Begin here:   badgateway tour
    One story:    badgateway run first/broken_promise
    """
    if ctx.invoked_subcommand is None:
        click.echo(welcome(ctx.make_formatter()), nl=False)


WELCOME = "The Bad Gateway Lab: servers that break on purpose behind a gateway."
FIRST_STEPS = {
    "badgateway tour": "start here: six stops, eight minutes, offline",
    "badgateway list": "all stories: show NAME reads, run NAME plays one",
    "badgateway words gateway": "what a word means",
    "badgateway run": "play them all",
    "badgateway --help": "what else there is",
}


def welcome(formatter: click.HelpFormatter) -> str:
    """What the command says where it is called alone."""
    formatter.write_text(WELCOME)
    with formatter.indentation():
        formatter.write_dl(list(FIRST_STEPS.items()))
    return formatter.getvalue()
