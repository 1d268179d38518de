"""What is installed has the lab's scenarios in it: from the wheel, from the sdist, and in place from a checkout."""

import configparser
import os
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from lab.home import scenarios_folder
from lab.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = {
    path.relative_to(ROOT / "scenarios").as_posix()
    for path in (ROOT / "scenarios").rglob("*.py")
    if "__pycache__" not in path.parts
}

pytestmark = pytest.mark.skipif(not SCENARIOS, reason="there are no scenarios yet")


def build(what: str, source: Path, out: Path) -> Path:
    """One of hatchling's `sdist`, `wheel` and `editable`, as an installer asks for it."""
    out.mkdir(exist_ok=True)
    code = f"import sys, hatchling.build; print(hatchling.build.build_{what}(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(out)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return out / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    out = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", ROOT, out)) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian's Python 3.11.2 has none
        archive.extractall(out)
    return out / f"badgateway-{VERSION}"


@pytest.fixture(scope="module")
def installed(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder such as site-packages, with the wheel that is built from the source distribution."""
    out = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(build("wheel", sdist, out)) as archive:
        archive.extractall(out / "packages")
    return out / "packages"


def python(*arguments: str, packages: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    environment = os.environ | {"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_the_sdist_has_what_tests_and_wheels_are_made_of(sdist: Path) -> None:
    expected = {
        "lab",
        "scenarios",
        "tests",
        "badgateway.py",
        "hatch_build.py",
        "pyproject.toml",
        "LICENSE",
        "README.md",
    }
    assert expected <= {path.name for path in sdist.iterdir()}
    assert {
        path.relative_to(sdist / "scenarios").as_posix() for path in (sdist / "scenarios").rglob("*.py")
    } == SCENARIOS


def test_the_wheel_has_all_that_is_read_and_is_no_python(installed: Path) -> None:
    """Style sheets, schemas, the sections of RFCs, what is known of the reference gateway."""
    wanted = {path.relative_to(ROOT) for path in (ROOT / "lab").rglob("*") if path.is_file()}
    wanted = {path for path in wanted if path.suffix not in (".py", ".pyc")}
    assert {".css", ".json", ".toml"} <= {path.suffix for path in wanted}
    assert not {str(path) for path in wanted if not (installed / path).is_file()}


def test_the_wheel_puts_two_names_into_site_packages(installed: Path) -> None:
    assert {path.name for path in installed.iterdir()} == {"lab", "badgateway.py", f"badgateway-{VERSION}.dist-info"}
    assert not list(installed.rglob("__pycache__"))
    assert (installed / "lab" / "py.typed").exists()


def test_the_wheel_has_all_scenarios_inside_the_package(installed: Path) -> None:
    inside = installed / "lab" / "_scenarios"
    assert {path.relative_to(inside).as_posix() for path in inside.rglob("*.py")} == SCENARIOS
    done = python("-c", "from lab.home import *; print(scenarios_folder())", packages=installed, cwd=installed.parent)
    assert done.stdout.strip() == str(inside)


def test_the_wheel_has_the_command_and_the_plugin(installed: Path) -> None:
    points = configparser.ConfigParser()
    points.read(installed / f"badgateway-{VERSION}.dist-info" / "entry_points.txt")
    assert dict(points["console_scripts"]) == {"badgateway": "badgateway:main"}
    assert dict(points["pytest11"]) == {"badgateway": "badgateway"}


@pytest.mark.skipif(not find_spec("lab.cli"), reason="there is no command line yet")
def test_the_catalogue_is_the_same_outside_a_checkout(installed: Path, tmp_path: Path) -> None:
    outside = python("-m", "badgateway", "list", "--json", packages=installed, cwd=tmp_path)
    inside = python("-m", "badgateway", "list", "--json", packages=ROOT, cwd=tmp_path)
    assert outside.stderr == ""
    assert len(outside.stdout.splitlines()) > 0
    assert outside.stdout == inside.stdout


def test_an_editable_install_has_no_copy(tmp_path: Path) -> None:
    with zipfile.ZipFile(build("editable", ROOT, tmp_path)) as archive:
        assert not [name for name in archive.namelist() if "scenarios" in name]
    assert scenarios_folder() == ROOT / "scenarios"


def test_the_wheel_has_the_notebooks_and_copies_them(installed: Path, tmp_path: Path) -> None:
    done = python("-m", "badgateway", "notebooks", str(tmp_path), "--no-open", packages=installed, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    copied = {path.stem for path in tmp_path.glob("*.ipynb")}
    assert copied == {path.stem for path in (ROOT / "notebooks").glob("[0-9]*.py")}


def test_a_package_without_scenarios_says_what_to_do(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "__init__.py").touch()
    (tmp_path / "lab" / "home.py").write_bytes((installed / "lab" / "home.py").read_bytes())
    done = python("-c", "from lab.home import *; scenarios_folder()", packages=tmp_path, cwd=tmp_path)
    assert done.stderr.splitlines()[-1].endswith(f"nor in {tmp_path / 'scenarios'}: install badgateway again")
