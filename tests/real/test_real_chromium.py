"""Chromium loads a page with fifty images through the gateway, over HTTP/2."""

import html
import json
import re
import subprocess
from pathlib import Path

from tests.real.healthy import IMAGES
from tests.real.programs import DEADLINE, Program, gateway, needed

HEADLESS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--no-first-run", "--ignore-certificate-errors", "--virtual-time-budget=20000", "--dump-dom",
)  # fmt: skip


def test_a_page_with_fifty_images(application: Program, tmp_path: Path) -> None:
    chromium = needed("chromium")
    with gateway(application.url, "--tls") as running:
        done = subprocess.run(
            [chromium, *HEADLESS, f"--user-data-dir={tmp_path}", f"{running.url}/page"],
            capture_output=True, text=True, timeout=3 * DEADLINE, check=False,
        )  # fmt: skip
        title = re.search(r"<title>(.*?)</title>", done.stdout)
        assert title is not None, done.stderr
        told = json.loads(html.unescape(title[1]))
        assert told["widths"] == list(range(1, IMAGES + 1))
        assert set(told["came"]) == {"h2"}
        assert len(told["came"]) == IMAGES + 1
        assert running.log == []
