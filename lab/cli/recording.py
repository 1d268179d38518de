"""A film as a video: Chromium draws its stills, many on a sheet, and ffmpeg puts them one after the other.

Nothing of it outlives the command: every program runs in a group of its own, which is ended with it, and all files lie
in one folder, which is removed.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lab.cli.problems import Problem

if TYPE_CHECKING:
    from lab.show.film.values import Film

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)  # fmt: skip

HOLD = 2.0
"""Seconds for which the last picture stays."""

_ON_A_SHEET = 20
"""Stills; a picture of the browser may not be much higher than 16,000 pixels."""

_LONGEST = 120.0
"""Seconds that one run of a program may take."""


def refuse_without_tools(out: Path) -> None:
    """Problem where one of the programs is missing."""
    missing = [name for name, found in (("ffmpeg", shutil.which("ffmpeg")), ("Chromium", _browser())) if not found]
    if missing:
        raise Problem(f"--out {out}: a .webm needs ffmpeg and Chromium, and there is no {' and no '.join(missing)}:"
                      " install it, or choose .svg or .html")  # fmt: skip


def turns(film: "Film") -> int:
    """How often `recorded` says that something was done."""
    from lab.show.film.animation import moments

    return -(-len(moments(film)) // _ON_A_SHEET) + 1


def recorded(film: "Film", advance: Callable[[str], None]) -> Iterator[bytes]:
    """The video, piece by piece."""
    from lab.show.film.animation import moments
    from lab.show.film.chapters import ffmetadata

    with tempfile.TemporaryDirectory(prefix="badgateway-film-", ignore_cleanup_errors=True) as name:
        folder, times = Path(name), moments(film)
        for begin in range(0, len(times), _ON_A_SHEET):
            _draw(film, times[begin : begin + _ON_A_SHEET], begin, folder)
            advance("drawn")
        (folder / "chapters.txt").write_text(ffmetadata(film), encoding="utf-8")
        (folder / "stills.txt").write_text("".join(_stills(times)), encoding="utf-8")
        _join(folder)
        advance("joined")
        with (folder / "film.webm").open("rb") as file:
            while piece := file.read(1 << 16):
                yield piece


def _draw(film: "Film", times: Sequence[float], first: int, folder: Path) -> None:
    """The stills of these times, as numbered pictures."""
    from lab.show.film.animation import sheet
    from lab.show.film.look import HIGH, WIDE

    page, drawn = folder / "sheet.html", folder / "sheet.png"
    page.write_text(sheet(film, times), encoding="utf-8")
    options = [
        "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", "--disable-breakpad", "--force-device-scale-factor=1",
        "--blink-settings=preferredColorScheme=1", f"--user-data-dir={folder / 'profile'}",
        f"--window-size={WIDE},{HIGH * len(times)}", f"--screenshot={drawn}", page.as_uri(),
    ]  # fmt: skip
    drawn.unlink(missing_ok=True)
    for sandbox in _sandboxes():
        said = _run([str(_browser()), *sandbox, *options], folder)
        if drawn.is_file():
            break
    else:
        raise Problem(f"Chromium drew nothing: {said}")
    untile = ["-i", str(drawn), "-vf", f"untile=1x{len(times)}", "-start_number", str(first)]
    _ffmpeg([*untile, str(folder / "still-%05d.png")], folder)


def _sandboxes() -> tuple[list[str], ...]:
    """Root cannot have the browser's sandbox, and in some containers nobody can: what it draws is our own, and holds
    no script."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return (["--no-sandbox"],) if as_root else ([], ["--no-sandbox"])


def _stills(times: Sequence[float]) -> Iterator[str]:
    """What ffmpeg reads: each picture and how long it stays. It wants the last one twice."""
    yield "ffconcat version 1.0\n"
    for number, (at, until) in enumerate(zip(times, [*times[1:], times[-1] + HOLD], strict=True)):
        yield f"file still-{number:05d}.png\nduration {until - at:.2f}\n"
    yield f"file still-{len(times) - 1:05d}.png\n"


def _join(folder: Path) -> None:
    _ffmpeg(
        [
            "-f", "concat", "-i", "stills.txt", "-i", "chapters.txt", "-map", "0:v", "-map_metadata", "1",
            "-map_chapters", "1", "-r", "25", "-c:v", "libvpx-vp9", "-crf", "30", "-b:v", "0", "-deadline", "realtime",
            "-cpu-used", "8", "-row-mt", "1", "-g", "50", "-force_key_frames", "chapters", "-pix_fmt",
            "yuv420p", "film.webm",
        ],
        folder,
    )  # fmt: skip


def _ffmpeg(words: Sequence[str], folder: Path) -> None:
    said = _run([shutil.which("ffmpeg") or "ffmpeg", "-nostdin", "-v", "error", "-y", *words], folder)
    if said:
        raise Problem(f"ffmpeg failed: {said}")


def _run(command: Sequence[str], folder: Path) -> str:
    """Run it to its end. Gives the last line that it said, empty where it succeeded."""
    ours = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    environment = {**os.environ, **dict.fromkeys(ours, str(folder))}
    name = Path(command[0]).name
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            said = process.communicate(timeout=_LONGEST)[1].decode("utf-8", "replace").strip()
        except subprocess.TimeoutExpired:
            raise Problem(f"{name} took more than {_LONGEST:g} s, and was stopped") from None
        finally:
            _end(process)
    return "" if process.returncode == 0 else (said.splitlines() or [f"{name} ended with {process.returncode}"])[-1]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """It and all that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)
