"""`badgateway gateway --cache-dir`: what it keeps when it is stopped, killed, or finds its directory spoilt."""

import http.client
import signal
from pathlib import Path

import pytest

from lab.gateways.reference.cache.store.connecting import FILE, SLACK
from tests.real.curl import curl
from tests.real.programs import DEADLINE, Gateway, Program, gateway
from tests.real.static_site import PAGE, SITES, Site, write_page

MIB = 1 << 20


def status(url: str, *options: str) -> str:
    """What Cache-Status says of the answer, which has to be the right one."""
    answer = curl(*options, url)
    assert (answer.exit, answer.status, answer.content) == (0, 200, PAGE.encode())
    return answer.value("Cache-Status")


@pytest.mark.parametrize("site", SITES)
def test_a_restart_keeps_the_copies(site: Site, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write_page(tmp_path / "site")
    kept = "--cache", "--cache-dir", str(tmp_path / "cache")
    with site(tmp_path / "site") as upstream:
        with gateway(upstream.url, *kept) as first:
            assert "fwd=uri-miss" in status(f"{first.url}/page.html")
            modified = curl(f"{first.url}/page.html").value("Last-Modified")
        with gateway(upstream.url, *kept) as second:
            # The key is the target URI: here the host with another port. So the same Host is asked of both.
            url, host = f"{second.url}/page.html", ("--header", "Host: {}:{}".format(*first.address))
            assert "hit" in status(url, *host)
            mine = curl(*host, "--header", f"If-Modified-Since: {modified}", url)
            assert (mine.status, mine.content) == (304, b"")
            assert "fwd-status=304" in status(url, *host, "--header", "Cache-Control: no-cache")
            assert second.log == []


def test_a_kill_in_the_middle_of_a_write(fast: Program, tmp_path: Path) -> None:
    """Each time another answer is on its way into the store. What was complete before stays, and nothing else does."""
    kept = "--cache", "--cache-dir", str(tmp_path / "cache"), "--cache-size", "64m"
    host = "Host: site.example"
    for number in range(3):
        with Gateway(fast.url, *kept) as running:
            if number:
                again = curl("--header", host, f"{running.url}/100000")
                assert ("hit" in again.value("Cache-Status"), len(again.content)) == (True, 100_000)
                unfinished = curl(
                    "--header", host, "--header", "Cache-Control: only-if-cached", f"{running.url}/{15 * MIB}"
                )
                assert unfinished.status == 504
            else:
                assert len(curl("--header", host, f"{running.url}/100000").content) == 100_000
            client = http.client.HTTPConnection(*running.address, timeout=DEADLINE)
            client.request("GET", f"/{15 * MIB}", headers={"Host": "site.example"})
            client.getresponse().read(MIB)
            running.signal(signal.SIGKILL)
            running.ended()
            client.close()
    assert sum(path.stat().st_size for path in (tmp_path / "cache").iterdir()) <= 64 * MIB + SLACK


def test_a_directory_that_is_not_its_own(fast: Program, tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("to be kept")
    with gateway(fast.url, "--cache", "--cache-dir", str(tmp_path)) as running:
        told = running.says(r"--cache-dir: \S+ holds something else \('letters'\): name an empty directory")
        assert "until then nothing is stored" in told.string
        for _ in range(2):
            answer = curl(f"{running.url}/1000")
            assert (answer.status, len(answer.content)) == (200, 1_000)
            assert "fwd=uri-miss" in answer.value("Cache-Status")
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


def test_content_that_was_damaged_is_fetched_anew(fast: Program, tmp_path: Path) -> None:
    kept = "--cache", "--cache-dir", str(tmp_path)
    host = "--header", "Host: site.example"
    with gateway(fast.url, *kept) as running:
        good = curl(*host, f"{running.url}/5000").content
    octets = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(octets.replace(good[:256], bytes(256), 1))
    with gateway(fast.url, *kept) as running:
        for said in ("fwd=", "hit"):
            answer = curl(*host, f"{running.url}/5000")
            assert (answer.status, answer.content) == (200, good)
            assert said in answer.value("Cache-Status")
        assert sum("is damaged" in line for line in running.log) == 1
