"""`badgateway stick`: which wheels are for whom, pip with wheels made here, and a stick from which one installs."""

import os
import platform
import re
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from lab.cli.sticking.own import packed_again
from lab.cli.sticking.targets import PYTHONS, SYSTEMS, Target, targets
from lab.cli.sticking.text import FILE, text
from lab.cli.sticking.wheels import Collection, NotFetched, read
from tests.cli.door import badgateway

LINUX, WINDOWS, MACOS = (Target(SYSTEMS[name], "3.12") for name in ("linux", "windows", "macos"))


def wheel(folder: Path, name: str, *needs: str, tag: str = "py3-none-any", version: str = "1.0") -> Path:
    """A real wheel with nothing in it."""
    path = folder / f"{name}-{version}-{tag}.whl"
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *(f"Requires-Dist: {need}" for need in needs)]
    kind = f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n")
        archive.writestr(f"{name}-{version}.dist-info/WHEEL", kind)
        archive.writestr(f"{name}-{version}.dist-info/RECORD", "")
    return path


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place from which pip gets anything."""
    folder = tmp_path / "shop"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("needs", "wanted"),
    [
        ("colorama; platform_system == 'Windows'", [WINDOWS]),
        ("uvloop; sys_platform != 'win32'", [LINUX, MACOS]),
        ("appnope; sys_platform == 'darwin'", [MACOS]),
        ("arm; platform_machine == 'arm64'", [MACOS]),
        ("tomli; python_version < '3.11'", []),
        ("typing-extensions; python_full_version < '3.12.1'", [LINUX, WINDOWS, MACOS]),
        ("everywhere", [LINUX, WINDOWS, MACOS]),
        ("only-with-extra; extra == 'more'", []),
    ],
)
def test_conditions_mean_the_machine_that_installs(needs: str, wanted: list[Target]) -> None:
    assert [target for target in (LINUX, WINDOWS, MACOS) if target.wants(Requirement(needs))] == wanted


def test_an_extra_wants_what_it_names() -> None:
    assert LINUX.wants(Requirement("jupyterlab; extra == 'notebooks'"), "notebooks")


@pytest.mark.parametrize(
    ("tag", "serves"),
    [
        ("py3-none-any", [LINUX, WINDOWS, MACOS]),
        ("cp312-cp312-win_amd64", [WINDOWS]),
        ("cp311-abi3-manylinux_2_28_x86_64", [LINUX]),
        ("cp312-cp312-manylinux_2_39_x86_64", []),
        ("cp312-cp312-manylinux2014_aarch64", []),
        ("cp39-abi3-macosx_10_9_universal2", [MACOS]),
        ("cp312-cp312-macosx_26_0_arm64", []),
        ("cp313-cp313-win_amd64", []),
    ],
)
def test_a_wheel_serves_where_it_can_be_installed(tag: str, serves: list[Target], tmp_path: Path) -> None:
    found = read(wheel(tmp_path, "thing", tag=tag))
    assert [target for target in (LINUX, WINDOWS, MACOS) if found.serves(Requirement("thing"), target)] == serves
    assert not found.serves(Requirement("thing>=2"), LINUX)


def test_all_that_is_needed_is_fetched_and_nothing_else(shop: Path, tmp_path: Path) -> None:
    wheel(shop, "top", "middle[fast]>=1", "win; sys_platform == 'win32'", "never; extra == 'test'")
    wheel(shop, "middle", "compiled", "quick; extra == 'fast'", version="1.5")
    wheel(shop, "quick", "top")  # a circle
    wheel(shop, "never")
    wheel(shop, "win")
    for tag in ("cp312-cp312-win_amd64", "cp312-cp312-manylinux_2_28_x86_64", "cp312-cp312-macosx_11_0_arm64"):
        wheel(shop, "compiled", tag=tag)
    stick = tmp_path / "stick"
    stick.mkdir()
    Collection(stick).complete(Requirement("top"), LINUX)
    here = {"top-1.0-py3-none-any.whl", "middle-1.5-py3-none-any.whl", "quick-1.0-py3-none-any.whl"}
    assert names(stick) == here | {"compiled-1.0-cp312-cp312-manylinux_2_28_x86_64.whl"}
    Collection(stick).complete(Requirement("top"), WINDOWS)
    assert names(stick) - here == {
        "compiled-1.0-cp312-cp312-manylinux_2_28_x86_64.whl",
        "compiled-1.0-cp312-cp312-win_amd64.whl",
        "win-1.0-py3-none-any.whl",
    }


def test_what_is_there_is_not_fetched_again(shop: Path, tmp_path: Path) -> None:
    """The shop is empty: pip would fail."""
    wheel(tmp_path, "top", "compiled")
    compiled = read(wheel(shop, "compiled", tag="cp312-cp312-win_amd64"))
    compiled.path.unlink()
    Collection(tmp_path, [compiled]).complete(Requirement("top"), WINDOWS)
    with pytest.raises(NotFetched, match="No matching distribution found for compiled"):
        Collection(tmp_path, [compiled]).complete(Requirement("top"), LINUX)


def test_what_is_damaged_is_fetched_anew_and_what_is_no_wheel_stays(shop: Path, tmp_path: Path) -> None:
    whole = wheel(shop, "top").read_bytes()
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "notes.whl").write_text("mine")
    for damaged in (whole[:-30], b"", whole.replace(b"METADATA", b"METADATE")):
        (stick / "top-1.0-py3-none-any.whl").write_bytes(damaged)
        Collection(stick).complete(Requirement("top"), LINUX)
        assert (stick / "top-1.0-py3-none-any.whl").read_bytes() == whole
    assert (stick / "notes.whl").read_text() == "mine"


def test_the_text_says_who_is_served_and_who_not() -> None:
    served = targets(("linux", "windows"), ("3.11", "3.12"))
    said = text(served, {"Python 3.12 on macOS (Intel)": "No matching distribution"}, jupyter=False)
    assert "Linux (x86_64): Python 3.11, 3.12\n  Windows (x64): Python 3.11, 3.12\n" in said
    assert "Python 3.12 on macOS (Intel): No matching distribution" in said
    assert "Linux and macOS: source ~/badgateway-lab/bin/activate\n" in said
    assert "cmd): %USERPROFILE%\\badgateway-lab\\Scripts\\activate\n" in said
    assert "jupyterlab" not in said
    assert "--find-links wheels --find-links jupyterlab 'badgateway[notebooks]'" in text(served, {}, jupyter=True)
    assert "not serve" not in text(served, {}, jupyter=True)


def test_an_installed_lab_packs_its_own_wheel_again(tmp_path: Path) -> None:
    """As small as can be: what the installer has added, and what lies outside, is left out."""
    folder = tmp_path / "site"
    (folder / "thing-1.0.dist-info").mkdir(parents=True)
    files = {
        "thing.py": b"x = 1\n",
        "thing-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n",
        "thing-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\n",
        "thing-1.0.dist-info/INSTALLER": b"pip\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    rows = ["thing.py,sha256=abc,6", *(f"{name},," for name in list(files)[1:]), "../../bin/thing,,",
            "__pycache__/thing.cpython-312.pyc,,", "thing-1.0.dist-info/RECORD,,"]  # fmt: skip
    (folder / "thing-1.0.dist-info/RECORD").write_text("\n".join(rows) + "\n")
    path = packed_again(Distribution.at(folder / "thing-1.0.dist-info"), tmp_path)
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    record = kept.pop("thing-1.0.dist-info/RECORD").decode().splitlines()
    assert kept == {name: data for name, data in files.items() if not name.endswith("INSTALLER")}
    assert record[0] == "thing.py,sha256=abc,6"
    assert {row.split(",")[0] for row in record} == {*kept, "thing-1.0.dist-info/RECORD"}
    assert read(path).name == "thing"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--systems", "amiga"], "--systems amiga: not one that the lab knows"),
        (["--pythons", "3.13,2.7"], "--pythons 2.7: not one that the lab knows"),
        (["--systems", ","], "--systems: name at least one of linux"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], says: str, tmp_path: Path) -> None:
    done = badgateway("stick", tmp_path / "new", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"badgateway: {says}")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = badgateway("stick", tmp_path / "file")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "cannot be written: Not a directory" in done.stderr


def test_learners_install_from_it_without_a_network(tmp_path: Path) -> None:
    """The whole of it, for this system and this Python: filled, and then the three lines typed that it says."""
    if not sys.platform.startswith("linux") or f"{sys.version_info[0]}.{sys.version_info[1]}" not in PYTHONS:
        pytest.skip("tried on Linux, with a Python that a stick is made for")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    system = "linux-arm" if platform.machine() == "aarch64" else "linux"
    command = [sys.executable, "-m", "badgateway", "stick", str(tmp_path / "usb"), "--systems", system,
               "--pythons", version]  # fmt: skip
    filled = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if filled.returncode == 2 and "could not be made" not in filled.stderr:
        pytest.skip(f"no package index is in reach: {filled.stderr.splitlines()[-1]}")
    assert filled.returncode == 0, filled.stderr
    lines = re.findall(r"^  (.*badgateway.*)$", (tmp_path / "usb" / FILE).read_text(encoding="utf-8"), re.MULTILINE)
    lines = [line.replace("python3", sys.executable, 1) for line in lines[:2]] + [lines[2].replace("tour", "list")]
    assert [line.split()[1] for line in lines] == ["-m", "install", "list"]
    offline = os.environ | {"HOME": str(tmp_path), "PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_CONFIG_FILE": os.devnull}
    offline["PIP_NO_COMPILE"] = "0"  # which is how pip is told not to: much of the time went there
    done = subprocess.run(" && ".join(lines), shell=True, cwd=tmp_path / "usb", env=offline, capture_output=True,
                          text=True, check=False, timeout=300)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "first/broken_promise" in done.stdout
    assert (tmp_path / "badgateway-lab/bin/activate").is_file()
