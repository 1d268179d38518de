"""The house keeps its shape: directions of import, rooms without I/O, light imports, short files."""

import ast
import json
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.directions import LAB, drawing, faults, imports

LANGUAGE = LAB / "__init__.py"
HEAVY = {"asyncio", "ssl", "hypercorn", "starlette", "rich", "cryptography"}


def test_every_import_goes_upwards_or_sideways() -> None:
    found = list(imports())
    print()
    print(drawing(found))
    assert faults(found) == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("h1/reader.py", "from lab.upstream import Upstream", "1: h1 imports upstream, which is in a row below"),
        ("expect.py", "def f():\n    from lab import grid", "2: expect imports grid, which is in a row below"),
        ("script/steps.py", "from .. import cli", "1: script imports cli, which is in a row below"),
        ("script/steps.py", "from ..show.text import picture", "1: script imports show, which is in a row below"),
        ("tls.py", "from lab import Scenario", "1: tls imports __init__, which is in a row below"),
        ("show/text.py", "import asyncio.events", "1: show imports asyncio.events, and must stay free of it"),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, path: str, text: str, fault: str) -> None:
    lab = tmp_path / "lab"
    (lab / path).parent.mkdir(parents=True, exist_ok=True)
    (lab / path).write_text(text)
    assert faults(list(imports(lab)), lab) == [f"lab/{path}:{fault}"]


def test_a_room_without_a_row_is_found(tmp_path: Path) -> None:
    lab = tmp_path / "lab"
    (lab / "cellar").mkdir(parents=True)
    (lab / "cellar" / "wine.py").write_text("import os")
    (lab / "notes").mkdir()
    assert [fault.partition(":")[0] for fault in faults(list(imports(lab)), lab)] == ["lab/cellar has no row"]


def test_rooms_above_and_beside_may_be_imported(tmp_path: Path) -> None:
    lab = tmp_path / "lab"
    (lab / "client").mkdir(parents=True)
    (lab / "client" / "raw.py").write_text("import asyncio\nfrom lab import h1\nfrom lab.certificates import authority")
    (lab / "scenario.py").write_text("from lab.script import Send\nfrom . import tls")
    found = list(imports(lab))
    assert faults(found, lab) == []
    assert (
        drawing(found) == "story        scenario        <- script tls\ndoing        client          <- h1 certificates"
    )


@pytest.mark.skipif(not LANGUAGE.exists(), reason="the language of scenario files is not written yet")
def test_importing_the_language_loads_nothing_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules); import lab, json; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=LAB.parent, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert "lab" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.skipif(not LANGUAGE.exists(), reason="the language of scenario files is not written yet")
def test_the_language_has_at_most_45_names_and_says_them() -> None:
    tree = ast.parse(LANGUAGE.read_text(encoding="utf-8"))
    listed = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"]
    assert len(listed) == 1, "lab/__init__.py says its names in one __all__"
    names = ast.literal_eval(listed[0].value)
    assert len(set(names)) == len(names) <= 45


@pytest.mark.parametrize("folder", ["lab", "scenarios"])
def test_files_are_short(folder: str) -> None:
    lengths = {
        str(path.relative_to(LAB.parent)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted((LAB.parent / folder).rglob("*.py"))
    }
    if not lengths:
        pytest.skip(f"{folder}/ has no files yet")
    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}
    assert statistics.median(lengths.values()) < 120
