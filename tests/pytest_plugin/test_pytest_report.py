"""`pytest --badgateway-report DIR`: a page of what failed, or was expected to."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.pytest_plugin.inner import run_pytest
from tests.pytest_plugin.test_scenarios_as_items import write

CONFTEST = """
import pytest

def pytest_collection_modifyitems(items):
    for item in items:
        if "known" in item.nodeid:
            item.add_marker(pytest.mark.xfail(reason="known"))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "conftest.py").write_text(CONFTEST)
    write(tmp_path, "good", "Question('Is it a 200?', Answers(200))")
    return tmp_path


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: set[str] = set()
        self.pictures = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.places |= {given.get("id") or ""}
        self.pictures += tag == "svg"
        if (href := given.get("href") or "").startswith("#"):
            self.links.add(href[1:])


def test_what_failed_is_on_one_page_under_xdist_too(project: Path) -> None:
    for name in ("broken", "known"):
        write(project, name, "Follows('it is a 404', Answers(404), RFC(9110, '15.5.5'), 'we hope so')")
    ran = run_pytest(project, "-n2", "--scenarios", project, project, "--badgateway-report", "out/report")
    assert (ran.counts["passed"], ran.counts["failed"]) == (1, 1), ran.output
    assert "out/report/index.html: 2 performances" in ran.output
    text = (project / "out" / "report" / "index.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.links <= page.places
    assert page.pictures >= 2
    assert text.count("<article") == 2
    assert "mine/good" not in text
    for wanted in ("mine/broken", "mine/known", "it is a 404", "we hope so", "Lab-Nonce", "Content-Length: 2"):
        assert wanted in text, wanted


def test_nothing_is_written_where_nothing_failed(project: Path) -> None:
    report = project / "report"
    report.mkdir()
    (report / "index.html").write_text("<!doctype html> of an earlier run")
    (report / "mine.txt").touch()
    ran = run_pytest(project, "-n0", "--scenarios", project, project, "--badgateway-report", report)
    assert ran.status == 0, ran.output
    assert "no performance failed: there is no report to write" in ran.output
    assert [path.name for path in report.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_used_is_refused_before_anything_is_performed(project: Path) -> None:
    (project / "theirs").mkdir()
    (project / "theirs" / "index.html").write_text("<h1>mine</h1>")
    ran = run_pytest(project, "-n0", "--scenarios", project, project, "--badgateway-report", "theirs")
    assert ran.status == 4
    [line] = [row for row in ran.output.splitlines() if row.strip()]
    assert "--badgateway-report theirs: its index.html is not ours: name another folder" in line
