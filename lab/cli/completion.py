"""badgateway completion: what a shell needs to complete what is typed."""

import os
from pathlib import Path

import click

from lab.cli.door import COMPLETE
from lab.cli.problems import Problem

INSTALL = {
    "bash": (
        'for this shell alone:   eval "$(badgateway completion bash)"',
        "for every new one:      badgateway completion bash >> ~/.bashrc",
    ),
    "zsh": (
        'for this shell alone:   eval "$(badgateway completion zsh)"   (after: autoload -U compinit; compinit)',
        'for every new one:      badgateway completion zsh > "${fpath[1]}/_badgateway"',
    ),
    "fish": (
        "for this shell alone:   badgateway completion fish | source",
        "for every new one:      badgateway completion fish > ~/.config/fish/completions/badgateway.fish",
    ),
}
"""How to install what is printed, by the shell's name."""


@click.command("completion")
@click.argument("shell", required=False, type=click.Choice(list(INSTALL)))
def command(shell: str | None) -> None:
    """Print the script by which a SHELL (bash, zsh or fish; else the one you use) completes commands, options, names
    of scenarios, variants, gateways and words. How to install it stands at its beginning.

    \b
    Example:  eval "$(badgateway completion bash)"
    """
    shell = shell or _used()
    click.echo(script(shell), nl=False)


def _used() -> str:
    name = Path(os.environ.get("SHELL", "")).name
    if name not in INSTALL:
        raise Problem("which shell? badgateway completion bash, zsh or fish")
    return name


def script(shell: str) -> str:
    """The script of click for this shell, and how to install it. What zsh must find in the first line stays there."""
    from click.shell_completion import ShellComplete, get_completion_class

    from lab.cli.door import door

    kind = get_completion_class(shell)
    assert kind is not None
    made = kind(door, {}, "badgateway", COMPLETE)
    text = ShellComplete.source(made).strip() + "\n"  # bash's own would start a shell to ask for its version
    first, _, rest = text.partition("\n")
    how = "".join(f"#   {line}\n" for line in INSTALL[shell])
    note = f"# Completes what is typed after badgateway. To install this:\n{how}\n"
    return f"{first}\n\n{note}{rest.lstrip()}" if first.startswith("#compdef") else f"{note}{text}"
