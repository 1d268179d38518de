"""All notebooks with their outputs, to read them without running them: python -m tests.notebook.rendered [DIR]

As learners have them, and solved in DIR/solved; also as HTML, where nbconvert is installed.
"""

import importlib
import importlib.util
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from lab.notebook.copying import sources
from lab.notebook.source import as_text, notebook
from tests.notebook.kernels import kernel, run


def main(folder: Path) -> None:
    import nbformat

    html = importlib.util.find_spec("nbconvert") is not None
    with kernel() as manager, TemporaryDirectory() as scratch:
        for source in sources():
            for solutions, into in ((False, folder), (True, folder / "solved")):
                text = as_text(notebook(source.read_text(encoding="utf-8"), solutions=solutions))
                given, seconds = run(manager, text, Path(scratch))
                into.mkdir(parents=True, exist_ok=True)
                path = into / f"{source.stem}.ipynb"
                nbformat.write(given, path)  # type: ignore[no-untyped-call]
                print(f"{path}  ({seconds:.1f} s of processor)", flush=True)
                if html:
                    path.with_suffix(".html").write_text(_html(given), encoding="utf-8")
    more = (
        "a page (.html) stands beside each" if html else f"{sys.executable} -m pip install nbconvert: then pages, too"
    )
    print(f"{folder} is written; {more}.", flush=True)


def _html(given: object) -> str:
    text, _ = importlib.import_module("nbconvert").HTMLExporter().from_notebook_node(given)
    return str(text)


if __name__ == "__main__":
    main(Path(*sys.argv[1:2] or ["build/notebooks"]))
