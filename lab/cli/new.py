"""badgateway new: a scenario to change."""

from pathlib import Path

import click

from lab.cli.choosing import Shelf, scenarios_option
from lab.cli.completing import scenarios
from lab.cli.problems import Problem


@click.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "origin", metavar="SCENARIO", shell_complete=scenarios,
              help="Begin with a copy of this scenario instead.")  # fmt: skip
@scenarios_option
def command(file: Path, origin: str | None, folder: Path | None) -> None:
    """Write a commented scenario into FILE, for you to change; it overwrites nothing.

    \b
    Example:  badgateway new mine/too_short.py
              badgateway run mine/too_short.py
    """
    if file.suffix != ".py":
        raise Problem(f"{file}: a scenario is a Python file: {file.name}.py")
    if not file.stem.isidentifier():
        raise Problem(f"{file}: its name is the scenario's name: letters, digits and _ only, such as too_short.py")
    text = TEMPLATE if origin is None else _copy(origin, folder)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise Problem(f"{file} is already there, and nothing is overwritten: choose another name") from None
    except OSError as error:
        raise Problem(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"{file} is yours to change. Play it: badgateway run {file}")


def _copy(origin: str, folder: Path | None) -> str:
    scenario = Shelf(folder).scenario(origin)
    try:
        text = Path(scenario.where.file).read_text(encoding="utf-8")
    except OSError as error:
        raise Problem(f"{scenario.where.file} cannot be read: {error.strerror}") from None
    comment = f"# A copy of {scenario.address}. Change one thing at a time, and run it again.\n"
    return text if text.startswith("# A copy of ") else comment + text


TEMPLATE = '''"""The upstream stops talking too early.

The first line above is the title, this is the story: tell what happens on the wire, and why it matters. Here the
upstream promises 20 bytes, sends 5, and closes the connection, politely.
"""

from lab import *

scenario = Scenario(
    # What one takes home, and what to ask before it is played.
    lesson="A 200 is a promise, not a proof: count the bytes.",
    guess="Which status code does the client see?",
    # The client asks. Field lines may follow: Get("/report", b"Accept: text/plain\\r\\n").
    client=Get("/report"),
    # The upstream's script, step by step. The verbs are:
    # ReceiveRequest Receive Send Pause Until StartTLS Close Reset Stall
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\\r\\n",  # one argument for each wire line, bytes as they go out
            NONCE,  # a field line by which the lab recognises this answer
            b"Content-Length: 20\\r\\n",
            b"\\r\\n",
            b"hello",
        ),
        # wrong= marks the one fault and says what it is; right= is what would have been right instead.
        Close(wrong="15 bytes are missing", right=Send(b", how are you? ")),
    ],
    # The error types of RFC 9209 that would name the fault; reports=[] says that nothing is wrong.
    reports=["http_response_incomplete"],
    # What a gateway may be seen to do, how firmly, and which clause says so.
    expect=[
        Follows(
            "the fragment never looks complete",
            Not(Disguised()),
            [RFC(9112, "6.3"), RFC(9112, "8")],
            "a message whose end is missing is incomplete, and so to be treated",
        ),
        Question("Is it a 502?", Answers(502)),
    ],
)
'''
