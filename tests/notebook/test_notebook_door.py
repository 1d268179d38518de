"""The door for notebooks in a kernel: errors are one line, an interruption leaves nothing behind, all is escaped."""

import asyncio
import importlib.util
import time
from collections.abc import Iterator
from typing import Any

import pytest

LACKING = [name for name in ("jupyter_client", "ipykernel") if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"not installed: {', '.join(LACKING)} (pip install '.[test]')")

SECONDS = 60


class Kernel:
    """A kernel, and what it says to a cell."""

    def __init__(self) -> None:
        from jupyter_client.manager import start_new_kernel

        self.manager, self.client = start_new_kernel(kernel_name="python3")

    def run(self, code: str, *, interrupt: bool = False) -> tuple[list[str], list[dict[str, Any]]]:
        """The errors of a cell as it shows them, and what else it shows. `interrupt`: once it has said something."""
        asked = self.client.execute(code)
        errors: list[str] = []
        shown: list[dict[str, Any]] = []
        until = time.monotonic() + SECONDS
        while True:
            message = self.client.get_iopub_msg(timeout=max(until - time.monotonic(), 0))
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                errors.append("\n".join(content["traceback"]))
            elif kind == "stream":
                shown.append({"text/plain": content["text"]})
                if interrupt:
                    self.manager.interrupt_kernel()
                    interrupt = False
            elif kind in ("execute_result", "display_data"):
                shown.append(content["data"])
            elif kind == "status" and content["execution_state"] == "idle":
                return errors, shown

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    kernel = Kernel()
    try:
        errors, _ = kernel.run("from lab import *\nfrom lab.notebook import *")
        assert errors == []
        yield kernel
    finally:
        kernel.close()


SCENARIO = """
mine = Scenario(
    lesson="One.",
    guess="Two?",
    client=Get("/"),
    upstream=[ReceiveRequest(), {step}],
    reports=[],
    expect=[Question("Three?", Answers(502))],
)
"""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ('await perform("first/garbge")', "did you mean first/garbage"),
        ('await perform("first")', "is a chapter of"),
        ('await perform("first/garbage", gateway="refrence")', "did you mean reference?"),
        ('await perform("first/garbage", variant="x")', "it has no variants"),
        ('await perform("reuse_races/race_with_a_get[x]")', "has no variant 'x'"),
        ('await perform("mine/nothing.py")', "there is no file mine/nothing.py"),
        ("await perform(5)", "a scenario is meant by its name"),
        ('await perform("interim_responses/switched", http2=True)', "cannot be asked over HTTP/2"),
        ("Sned(b'hello')", "line 1: Sned is no word of the language; did you mean Send?"),
        ("one = 1\nSend('hello')", "line 2: argument 1 of Send is text, not bytes: write b'hello'"),
        (SCENARIO.format(step='Close(rong="x")'), "line 5: Close() takes no rong=; did you mean wrong=?"),
        (SCENARIO.format(step="Close()") + "await perform(mine)", "Cell In["),
        ("show.word('gatway')", "did you mean gateway or"),
        ("table(('a', 'b'), (1,))", "row 1 of the table has 1 cells"),
    ],
)
def test_what_the_reader_gets_wrong_is_told_in_one_line(kernel: Kernel, code: str, says: str) -> None:
    errors, _ = kernel.run(code)
    assert len(errors) == 1
    assert says in errors[0]
    assert "\n" not in errors[0].strip()
    assert "Traceback" not in errors[0]


@pytest.mark.parametrize("code", ["order = ['name', connection]", "1\nconnection", "[refuse for each in (1, 2)]"])
def test_a_word_without_its_quotes_is_told_in_one_line(kernel: Kernel, code: str) -> None:
    errors, _ = kernel.run(code)
    assert len(errors) == 1
    assert "in quotes" in errors[0]
    assert f"line {code.count(chr(10)) + 1}: " in errors[0]
    assert "Traceback" not in errors[0]


@pytest.mark.parametrize("code", ["1 / 0", "def mine():\n    return unknown\nmine()", "len(5)"])
def test_other_errors_have_their_traceback(kernel: Kernel, code: str) -> None:
    errors, _ = kernel.run(code)
    assert len(errors) == 1
    assert "Traceback" in errors[0]


def test_an_interrupted_cell_leaves_nothing_behind(kernel: Kernel) -> None:
    left = """
import asyncio, os, psutil
def left():
    tasks = [task.get_name() for task in asyncio.all_tasks() if "lab" in repr(task.get_coro())]
    return tasks, len(psutil.Process().net_connections())
"""
    errors, _ = kernel.run(left + "before = left()")
    assert errors == []
    silence = "while True:\n    await play([ReceiveRequest(), Stall()])\n    print('again', flush=True)"
    errors, shown = kernel.run(silence, interrupt=True)
    assert len(errors) == 1
    assert "KeyboardInterrupt" in errors[0] or "CancelledError" in errors[0]
    errors, shown = kernel.run("after = left()\nprint(before == after, before, after)")
    assert shown[0]["text/plain"].startswith("True"), shown
    errors, shown = kernel.run('(await perform("first/nobody_home")).status')
    assert (errors, shown[0]["text/plain"]) == ([], "502")


def test_a_run_shows_itself_as_a_picture_and_in_a_terminal_as_text(kernel: Kernel) -> None:
    _, shown = kernel.run('await perform("first/garbage")')
    assert shown[0]["image/svg+xml"].startswith("<svg ")
    assert "Segmentation fault" in shown[0]["text/plain"]
    assert "text/html" not in shown[0]


HOSTILE = rb"\x1b[31m<script>alert(1)</script>]]>\xe2\x80\xae&\x07"


def test_what_came_over_the_wire_is_escaped_wherever_it_is_shown(kernel: Kernel) -> None:
    code = f"""
hostile = b"{HOSTILE.decode()}"
told = hostile.decode()
run = await play([ReceiveRequest(), Send(b"HTTP/1.1 200 OK\\r\\n", b"X: ", hostile, b"\\r\\n\\r\\n", hostile), Close()],
                 gateway="reference-lenient")
mine = Scenario(title=told, story=told, lesson=told, guess=told, client=Get("/"), expect=[Question(told, Answers(502))],
                upstream=Refuse(wrong=told, right=[ReceiveRequest(), Send(b"HTTP/1.1 204 No Content\\r\\n\\r\\n")]),
                reports=["connection_refused"])
display(run, show(run), show.bytes(run), show.bytes(run, "upstream_sent"), show.stages(run), show.changes(run),
        show.transcript(run), show.report(run), show.hex(run),
        show.side_by_side([run]), show(mine), show.story(mine), show.script(mine),
        show.difference(mine), show.expectations(mine), run.fields, Runs([run]),
        table(("a", "b"), (hostile, told), caption=told),
        guess(told, told), reveal(guess(told, told), hostile))
"""
    errors, shown = kernel.run(code)
    assert errors == []
    assert len(shown) == 20
    for bundle in shown:
        for kind, data in bundle.items():
            assert not any(sign in data for sign in ("\x1b", "\u202e", "\x07")), (kind, data)
            assert kind == "text/plain" or "<script" not in data


def test_nothing_of_jupyter_is_imported(kernel: Kernel) -> None:
    code = """
import subprocess, sys
code = "import lab.notebook, sys; print(sorted({name.partition('.')[0] for name in sys.modules}))"
print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
"""
    _, shown = kernel.run(code)
    loaded = set(eval(shown[0]["text/plain"]))
    assert "lab" in loaded
    assert not loaded & {"IPython", "ipykernel", "jupyter_client", "nbformat", "matplotlib", "rich", "hypercorn"}


@pytest.mark.anyio
async def test_without_jupyter_it_runs_in_any_loop() -> None:
    from lab.notebook import perform

    run = await asyncio.create_task(perform("first/all_is_well"))
    assert repr(run).startswith("client ")
