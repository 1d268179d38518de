"""Mistakes in using `badgateway gateway` and `badgateway upstream`: one line, exit status 2, no traceback."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.certificates import authority
from tests.real.programs import DEADLINE, ROOT

HTTP, HTTPS = ("gateway", "--upstream", "http://127.0.0.1:9"), ("gateway", "--upstream", "https://127.0.0.1:9")
PLAY = ("upstream", "first/broken_promise")


# Runs the command for each list of words that it is given, all in one process: to start one for each takes long.
DRIVER = """
import contextlib, io, json, sys
from lab.cli.door import door

for words in json.load(sys.stdin):
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        status = door.status(words)
    print(json.dumps([status, output.getvalue(), errors.getvalue()]))
"""


def line(status: int, output: str, errors: str) -> str:
    """What was said on standard error, which is one line."""
    assert (status, output) == (2, ""), errors
    assert errors.count("\n") == 1, errors
    assert errors.startswith("badgateway: ")
    return errors


def refused(*words: str) -> str:
    """What the real command says."""
    command = [sys.executable, "-m", "lab", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE, check=False, cwd=ROOT)
    return line(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def taken() -> Iterator[str]:
    """An address on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("command", [(*HTTP, "--tls"), PLAY], ids=["gateway", "upstream"])
def test_a_port_in_use(command: tuple[str, ...], taken: str) -> None:
    said = refused(*command, "--listen", taken)
    assert f"cannot listen on {taken}: Address already in use" in said
    assert "choose another" in said


MISTAKES = [
    ((*HTTPS, "--upstream-ca", "/nowhere/ca.pem"), "'/nowhere/ca.pem' cannot be read: No such file or directory"),
    ((*HTTPS, "--upstream-ca", __file__), "holds no certificate in PEM"),
    ((*HTTP, "--stream", "--buffer", "64k"), "--stream and --buffer exclude each other"),
    (("upstream", "first/broken_promis"), "did you mean first/broken_promise"),
    (("gateway",), "--upstream"),
    (("gateway", "--upstream", "nonsense"), "or unix:/run/app.sock, not 'nonsense'"),
    (("gateway", "--upstream", "ftp://127.0.0.1"), "--upstream takes a URL"),
    (("gateway", "--upstream", "http://127.0.0.1:99999"), "'http://127.0.0.1:99999' is no URL"),
    (("gateway", "--upstream", "http://[::1"), "'http://[::1' is no URL"),
    (("gateway", "--upstream", "http://two words"), "'http://two words'"),
    (("gateway", "--upstream", "http://a..b"), "'http://a..b'"),
    (("gateway", "--upstream", f"http://{'a' * 64}.test"), "aaaa.test'"),
    (("gateway", "--upstream", "http://127.0.0.1:0"), "'http://127.0.0.1:0'"),
    (("gateway", "--upstream", "http://127.0.0.1:9/path"), "scheme, host and port alone"),
    ((*HTTP, "--listen", "8080"), "an address is HOST:PORT, such as 127.0.0.1:9000, not '8080'"),
    ((*HTTP, "--listen", "127.0.0.1:99999"), "an address is HOST:PORT"),
    ((*HTTP, "--listen", "192.0.2.1:0"), "cannot listen on 192.0.2.1:0"),
    ((*HTTPS, "--upstream-ca", "/"), "'/' cannot be read: Is a directory"),
    ((*HTTPS, "--upstream-ca", "/dev/null"), "holds no certificate in PEM"),
    ((*HTTP, "--buffer", "much"), "a size is a number of bytes such as 65536, 64k or 1m, not 'much'"),
    ((*HTTP, "--buffer", "-1"), "a size is a number of bytes"),
    ((*HTTP, "--read-timeout", "0"), "the read time-out takes a number of seconds above 0"),
    ((*HTTP, "--connect-timeout", "inf"), "the connect time-out takes a number of seconds above 0"),
    ((*HTTP, "--first-byte-timeout", "soon"), "'soon'"),
    ((*HTTP, "--bufer", "64k"), "--buffer"),
    ((*HTTP, "http://127.0.0.1:9"), "unexpected extra argument"),
    (("upstream",), "SCENARIO"),
    (("upstream", "frist"), "frist"),
    (("upstream", "first"), "first is a chapter of"),
    ((*PLAY, "--listen", "9000"), "an address is HOST:PORT"),
    ((*PLAY, "--scenarios", "/nowhere"), "there is no such folder"),
    (("upstreem",), "did you mean upstream"),
]


@pytest.fixture(scope="module")
def answers() -> list[list[Any]]:
    """Exit status, standard output and standard error for each of the mistakes."""
    words = json.dumps([words for words, _ in MISTAKES])
    command = [sys.executable, "-c", DRIVER]
    done = subprocess.run(
        command, input=words, stdout=subprocess.PIPE, text=True, timeout=3 * DEADLINE, check=True, cwd=ROOT
    )
    return [json.loads(answer) for answer in done.stdout.splitlines()]


@pytest.mark.parametrize("number", range(len(MISTAKES)), ids=[" ".join(words)[:60] for words, _ in MISTAKES])
def test_a_mistake(answers: list[list[Any]], number: int) -> None:
    assert MISTAKES[number][1] in line(*answers[number])


def test_an_authority_for_an_upstream_without_tls(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_bytes(authority())
    assert "--upstream-ca is for an https upstream" in refused(*HTTP, "--upstream-ca", str(file))
