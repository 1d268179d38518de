"""One kernel for many notebooks: to start one and to import the lab takes longer than most notebooks do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECONDS = 60

_BEFORE = (
    "%reset -f\nget_ipython().execution_count = 1\nimport os\nos.chdir({folder!r})\n"
    "_began_at = __import__('time').process_time()"
)
_AFTER = "__import__('time').process_time() - _began_at"


@contextmanager
def kernel() -> Iterator[Any]:
    """A kernel that has not been used yet."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(
        extra_arguments=["--HistoryManager.enabled=False", "--log-level=ERROR"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    try:
        yield manager
    finally:
        manager.shutdown_kernel(now=True)


def run(manager: Any, text: str, folder: Path) -> tuple[Any, float]:
    """A notebook with its outputs, run in a folder, with nothing left of the one before; and the seconds of processor
    that its cells took. What a cell raises is raised (nbclient: `CellExecutionError`)."""
    import nbformat
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell

    given = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    cells = given.cells
    before = new_code_cell(_BEFORE.format(folder=str(folder)))  # type: ignore[no-untyped-call]
    after = new_code_cell(_AFTER)  # type: ignore[no-untyped-call]
    given.cells = [before, *cells, after]
    client = NotebookClient(given, km=manager, timeout=SECONDS)
    try:
        client.execute()
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
    given.cells = cells
    for number, cell in enumerate((each for each in cells if each.cell_type == "code"), 1):
        cell.execution_count = number
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = number
        cell.metadata.pop("execution", None)  # when it was run is nobody's business
    return given, float(after.outputs[-1].data["text/plain"])
