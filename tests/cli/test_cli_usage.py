"""Mistakes of users: one line, what and what to do, exit status 2, no traceback."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from lab.cli.door import COMMANDS, FIRST_STEPS, WELCOME, door, welcome
from lab.show.records import schema
from lab.version import VERSION

WRONG = '"""Title.\n\nStory.\n"""\nfrom lab import *\nscenario = Scenaro()\n'


def badgateway(*args: str | Path) -> Result:
    return CliRunner().invoke(door, [str(arg) for arg in args])


def test_alone_it_says_in_a_few_lines_what_it_is_and_where_to_start() -> None:
    result = badgateway()
    assert result.exit_code == 0
    assert result.output.startswith(WELCOME)
    assert [row.split("  ")[1].strip() for row in result.output.splitlines()[1:]] == list(FIRST_STEPS)


@pytest.mark.parametrize("columns", [50, 80])
def test_alone_it_fits(columns: int) -> None:
    context = click.Context(door, terminal_width=columns)
    assert max(map(len, welcome(context.make_formatter()).splitlines())) <= columns


def test_version() -> None:
    assert badgateway("--version").output == f"badgateway {VERSION}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_with_an_example(command: str) -> None:
    result = badgateway(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"badgateway {command}" in result.output.partition("Example")[2]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_fits_into_80_columns(command: str) -> None:
    said = CliRunner(env={"COLUMNS": "80"}).invoke(door, [*command.split(), "--help"]).output
    assert [row for row in said.splitlines() if len(row) > 80] == []


def test_the_help_names_every_command_with_one_whole_sentence() -> None:
    lines = badgateway("--help").output.splitlines()
    for command in COMMANDS:
        [told] = [line for line in lines if line.startswith(f"  {command} ")]
        assert told.endswith(".")
        assert "..." not in told


def test_the_help_of_run_names_every_key_of_json_and_every_exit_status() -> None:
    said = " ".join(badgateway("run", "--help").output.split())
    for key in schema("run")["properties"]:
        assert re.search(rf"\b{key}\b", said.partition("With --json")[2]), key
    for status in ("0 nothing deviates", "1 something deviates", "2 wrong usage", "130 you interrupted it"):
        assert status in said
    listed = badgateway("list", "--help").output.partition("With --json")[2]
    assert all(key in listed for key in schema("list")["properties"])


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ("tuor", "there is no command 'tuor'; did you mean tour?"),
        ("frobnicate", "there is no command 'frobnicate'; there are: tour, list"),
        ("--frob", "No such option '--frob'"),
        ("list frist", "there is no chapter 'frist'; did you mean first?"),
        ("list --level 4", "4 is not in the range"),
        ("show first/brokn_promise", "did you mean first/broken_promise"),
        ("run broken_promise", "did you mean first/broken_promise"),
        ("run first/broken_promise[x]", "has no variant 'x'"),
        ("run no/such/file.py", "there is no file no/such/file.py"),
        ("run first --gateway refrence", "did you mean reference?"),
        ("run first --jobs many", "'many' is not a valid integer"),
        ("run first --jobs 0", "0 is not in the range"),
        (
            "run first --junit no/such/folder/file.xml",
            "--junit no/such/folder/file.xml cannot be written: No such file",
        ),
        ("run first/garbage --svg garbage.png", "--svg garbage.png: the lab writes no PNG"),
        ("grid first/garbage --html garbage.pdf", "--html garbage.pdf: the lab writes no PDF"),
        ("run first --scenarios no/such/folder", "--scenarios no/such/folder: there is no such folder"),
        ("run first --gateway-url http://127.0.0.1:1", "--gateway-url and --upstream-listen go together"),
        ("run first --upstream-listen 127.0.0.1:1", "--gateway-url and --upstream-listen go together"),
        ("run first --gateway-url nonsense --upstream-listen 127.0.0.1:0", "--gateway-url takes a URL such as http"),
        ("run first --gateway-url http://[::1 --upstream-listen 127.0.0.1:0", "Invalid IPv6 URL"),
        ("run first --gateway-url http://127.0.0.1:1/x --upstream-listen 127.0.0.1:0", "scheme, host and port alone"),
        ("run first --gateway-url http://a:b@127.0.0.1:1 --upstream-listen 127.0.0.1:0", "scheme, host and port alone"),
        ("run first --gateway-url http://127.0.0.1:1 --upstream-listen 127.0.0.1:0 --gateway reference", "give one of"),
        ("run first --gateway-url http://127.0.0.1:1 --upstream-listen nowhere", "an address is HOST:PORT"),
        ("run first --gateway-url http://127.0.0.1:1 --upstream-listen 192.0.2.1:9", "cannot listen there"),
        ("show", "Missing argument"),
        ("words gatewy", "did you mean gateway"),
        ("words zzzzzzzz", "badgateway words lists all"),
        ("upstream first", "is a chapter of"),
        ("upstream first/garbage --listen here", "an address is HOST:PORT"),
        ("upstream first/garbage --listen 192.0.2.1:9", "cannot listen on 192.0.2.1:9"),
        ("origin --listen here", "an address is HOST:PORT"),
        ("origin --listen 192.0.2.1:9", "cannot listen on 192.0.2.1:9"),
        ("origin first", "unexpected extra argument"),
        ("gateway", "Missing option '--upstream'"),
        ("gateway --upstream nonsense", "--upstream takes a URL"),
        ("gateway --upstream http://127.0.0.1:99999", "is no URL"),
        ("gateway --upstream http://127.0.0.1:1 --stream --buffer 1k", "--stream and --buffer exclude each other"),
        ("gateway --upstream http://127.0.0.1:1 --buffer much", "a size is a number of bytes"),
        ("gateway --upstream http://127.0.0.1:1 --connect-timeout 0", "connect time-out takes a number of seconds"),
        ("gateway --upstream http://127.0.0.1:1 --listen 192.0.2.1:9", "cannot listen on 192.0.2.1:9"),
        ("gateway --upstream http://127.0.0.1:1 --upstream-ca x.pem", "--upstream-ca is for an https upstream"),
        ("gateway --upstream https://127.0.0.1:1 --upstream-ca no.pem", "'no.pem' cannot be read"),
        ("new", "Missing argument 'FILE'"),
        ("new story.txt", "a scenario is a Python file"),
        ("new two-words.py", "letters, digits and _ only"),
        ("new new.py --from first/garbge", "did you mean first/garbage"),
    ],
)
def test_a_mistake_is_one_line(args: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = badgateway(*args.split())
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("badgateway: ")
    assert says in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_what_was_kept_is_no_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept.json").write_text("{}")
    assert "has kept is shown by `badgateway show kept.json`\n" in badgateway("run", "kept.json").stderr


def test_what_the_user_typed_is_escaped() -> None:
    assert "\x1b" not in badgateway("run", "\x1b[31m").stderr


@pytest.mark.parametrize("command", ["run", "show", "upstream"])
def test_a_scenario_file_that_is_wrong_is_told_with_its_line(command: str, tmp_path: Path) -> None:
    file = tmp_path / "mine" / "wrong.py"
    file.parent.mkdir()
    file.write_text(WRONG)
    result = badgateway(command, file)
    assert result.exit_code == 2
    assert result.stderr == f"badgateway: {file}:6: Scenaro is no word of the language; did you mean Scenario?\n"


def test_a_folder_with_a_wrong_file(tmp_path: Path) -> None:
    """All of it is not played; what is not meant does not get in the way; the list goes on and says so."""
    badgateway("new", tmp_path / "mine" / "good.py")
    (tmp_path / "mine" / "wrong.py").write_text(WRONG)
    for words in ([], ["mine"], ["mine/wrong"]):
        result = badgateway("run", *words, "--scenarios", tmp_path)
        assert result.exit_code == 2
        assert "wrong.py:6: Scenaro" in result.stderr
        assert result.stdout == ""
    assert badgateway("show", "mine/good", "--scenarios", tmp_path).exit_code == 0
    listed = badgateway("list", "--scenarios", tmp_path)
    assert "mine/good" in listed.stdout
    assert "wrong.py:6: Scenaro" in listed.stderr
    assert listed.exit_code == 2


def test_a_folder_without_a_scenario(tmp_path: Path) -> None:
    result = badgateway("run", "--scenarios", tmp_path)
    assert result.exit_code == 2
    assert f"{tmp_path} holds no scenarios" in result.stderr


@pytest.mark.parametrize("line", ["raise SystemExit(0)", "1 / 0", "import no_such_module", "def ("])
def test_a_scenario_file_that_fails_is_told_too(line: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text(line + "\n")
    result = badgateway("run", file)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"badgateway: {file}:1: ")
    assert result.stderr.count("\n") == 1
