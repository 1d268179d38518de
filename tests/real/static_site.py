"""Two ordinary sites with files, for caches to stand before: Starlette's StaticFiles (`tests.real.static_site:app`,
with the files of the directory SITE) and Python's http.server."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from starlette.staticfiles import StaticFiles

from tests.real.programs import Program, http_server, serving

PAGE = "<!doctype html><title>A page</title><p>Written long ago.\n"
WRITTEN = 1_600_000_000  # a tenth of the time since then is how long a cache may guess that it is fresh

app = StaticFiles(directory=os.environ.get("SITE", "."))


def write_page(directory: Path) -> None:
    page = directory / "page.html"
    page.write_text(PAGE)
    os.utime(page, (WRITTEN, WRITTEN))


def static_files(directory: Path) -> AbstractContextManager[Program]:
    command = (
        sys.executable,
        "-m",
        "hypercorn",
        "tests.real.static_site:app",
        "--bind",
        "127.0.0.1:0",
        "--workers",
        "0",
    )
    return serving(r"Running on (http://\S+)", *command, SITE=str(directory))


def python_files(directory: Path) -> AbstractContextManager[Program]:
    return http_server("--protocol", "HTTP/1.1", "--directory", directory)


Site = Callable[[Path], AbstractContextManager[Program]]
SITES: tuple[Site, ...] = (static_files, python_files)
