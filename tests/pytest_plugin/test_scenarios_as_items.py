"""Scenario files as pytest items: named by path, variant and gateway; performing is set-up, judging is the call."""

import textwrap
from pathlib import Path

import pytest

from lab.home import scenarios_folder
from tests.pytest_plugin.inner import run_pytest

GOOD = """\
'''All is well.

The upstream answers.
'''
from lab import *

scenario = Scenario(
    lesson="It works.",
    guess="Which status?",
    client=Get("/"),
    upstream=[
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\\r\\n", NONCE, FIELDS, b"Content-Length: 2\\r\\n", b"\\r\\n", b"ok"),
    ],
    expect=[EXPECTATION],
)
"""


def write(folder: Path, name: str, expectation: str, more: str = "") -> Path:
    path = folder / "mine" / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    text = GOOD.replace("EXPECTATION", expectation)
    path.write_text(text.replace("    expect=", f"{more}    expect=") if more else text)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def test_the_labs_own_chapter_passes_and_has_readable_names() -> None:
    chapter = scenarios_folder() / "first"
    ran = run_pytest(chapter.parent.parent, "-v", "-n0", chapter)
    assert ran.status == 0, ran.output
    assert ran.counts["passed"] == 7
    assert "first/broken_promise.py::reference PASSED" in ran.output


def test_a_file_of_scenarios_named_explicitly_is_played_not_imported_as_tests() -> None:
    ran = run_pytest(scenarios_folder().parent, "-v", "-n0", scenarios_folder() / "first" / "garbage.py")
    assert ran.status == 0, ran.output
    assert ran.counts["passed"] == 1


def test_truncated_bodies_are_played_on_the_buffering_gateway_too() -> None:
    ran = run_pytest(
        scenarios_folder().parent, "-v", "-n0", scenarios_folder() / "truncated_bodies" / "content_length_short.py"
    )
    assert ran.counts["passed"] == 2, ran.output
    assert "content_length_short.py::reference-buffer PASSED" in ran.output


def test_a_broken_expectation_is_a_failure_with_line_reason_and_transcript(project: Path) -> None:
    path = write(project, "hopeful", "Follows('it is a 404', Answers(404), RFC(9110, '15.5.5'), 'because we hope so')")
    ran = run_pytest(project, "--scenarios", project, project)
    assert ran.status == 1
    assert ran.counts["failed"] == 1
    line = next(number for number, text in enumerate(path.read_text().splitlines(), 1) if "Answers(404)" in text)
    for wanted in ("it is a 404", "because we hope so", "RFC 9110", f"{path.name}:{line}", "200 OK"):
        assert wanted in ran.output, wanted
    assert "Traceback" not in ran.output


def test_a_fault_that_never_took_effect_is_an_error_and_no_failure(project: Path) -> None:
    path = write(project, "never", "Question('Is it a 502?', Answers(502))", "    reports=['connection_terminated'],\n")
    text = path.read_text()
    begin, end = text.index("        Send("), text.index("    ],\n")
    answer = text[begin:end].strip().rstrip(",")
    waits = "        ReceiveRequest(),\n        Close(wrong='It waits in vain, and closes.', right=ANSWER),\n"
    path.write_text(text[:begin] + waits.replace("ANSWER", answer) + text[end:])
    ran = run_pytest(project, "--scenarios", project, project)
    assert ran.counts["error"] == 1, ran.output
    assert ran.counts["failed"] == 0
    assert "not tested: the fault never took effect" in ran.output


def test_a_wrong_file_is_told_in_one_line(project: Path) -> None:
    path = write(project, "wrong", "Question('Is it?', Answer(502))")
    line = next(number for number, text in enumerate(path.read_text().splitlines(), 1) if "Answer(502)" in text)
    ran = run_pytest(project, "--scenarios", project, project)
    assert ran.status == 2
    assert f"{path}:{line}: Answer is no word of the language; did you mean Answers?" in ran.output
    assert "Traceback" not in ran.output


def test_a_folder_named_scenarios_of_a_stranger_is_left_alone(project: Path) -> None:
    (project / "scenarios" / "first").mkdir(parents=True)
    (project / "scenarios" / "first" / "mine.py").write_text("raise SystemExit('this was imported')\n")
    (project / "test_mine.py").write_text("def test_it():\n    pass\n")
    ran = run_pytest(project)
    assert (ran.status, ran.counts["passed"]) == (0, 1), ran.output


def test_the_ini_setting_claims_a_folder(project: Path) -> None:
    write(project, "good", "Question('Is it a 200?', Answers(200))")
    (project / "pytest.ini").write_text("[pytest]\nbadgateway_scenarios = .\n")
    ran = run_pytest(project, "-v")
    assert (ran.status, ran.counts["passed"]) == (0, 1), ran.output
    assert "mine/good.py::reference PASSED" in ran.output


def test_what_a_gateway_lacks_is_skipped_with_the_reason(project: Path) -> None:
    write(project, "cached", "Question('Is it a 200?', Answers(200))", "    needs={'h2-upstream'},\n")
    ran = run_pytest(project, "-rs", "--scenarios", project, project)
    assert (ran.status, ran.counts["skipped"]) == (0, 1), ran.output
    assert "h2-upstream" in ran.output


def test_it_works_under_xdist_in_any_order_and_repeated(project: Path) -> None:
    for number in range(6):
        write(project, f"good{number}", "Question('Is it a 200?', Answers(200))")
    for arguments in (["-n2"], ["-n2", "--dist=loadfile"], ["-p", "no:xdist"]):
        ran = run_pytest(project, "--scenarios", project, *arguments, project)
        assert (ran.status, ran.counts["passed"]) == (0, 6), ran.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--gateway", "referense"], "there is no gateway 'referense'; did you mean reference?"),
        (["--gateway-url", "http://127.0.0.1:1"], "--gateway-url and --upstream-listen go together"),
        (["--gateway-url", "nonsense", "--upstream-listen", "127.0.0.1:1"], "--gateway-url takes a URL"),
        (["--gateway-url", "http://127.0.0.1:1", "--upstream-listen", "here"], "an address is HOST:PORT"),
        (["--scenarios", "nowhere"], "--scenarios nowhere: there is no such folder"),
    ],
)
def test_wrong_options_are_one_line(project: Path, arguments: list[str], says: str) -> None:
    write(project, "good", "Question('Is it a 200?', Answers(200))")
    folder = [] if "--scenarios" in arguments else ["--scenarios", str(project)]
    ran = run_pytest(project, *arguments, *folder, project)
    assert ran.status in (2, 4)
    assert says in textwrap.dedent(ran.output)
    assert "Traceback" not in ran.output
