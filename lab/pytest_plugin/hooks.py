"""Options, and which files are ours: the lab's own scenarios, `--scenarios DIR`, or the ini setting. No stranger's."""

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from lab.pytest_plugin.stage import Stage

OPTIONS = "badgateway"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup(OPTIONS, "the Bad Gateway Lab")
    group.addoption("--scenarios", metavar="DIR", help="a folder of scenario files of your own, collected as tests")
    group.addoption("--gateway", metavar="NAME", default="reference", help="the gateway to play them on (reference)")
    group.addoption("--gateway-url", metavar="URL", help="play them through a gateway that already runs there")
    group.addoption("--upstream-listen", metavar="HOST:PORT", help="where that gateway expects its upstream")
    group.addoption(
        "--badgateway-report", metavar="DIR", help="write a page of all that failed, with diagrams, into DIR"
    )
    parser.addini("badgateway_scenarios", "folders of scenario files, relative to the ini file", "paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    if bool(config.option.gateway_url) != bool(config.option.upstream_listen):
        raise pytest.UsageError("--gateway-url and --upstream-listen go together: where the gateway is asked, and"
                                " where it expects its upstream")  # fmt: skip
    folder = config.option.scenarios
    if folder and not Path(folder).is_dir():
        raise pytest.UsageError(f"--scenarios {folder}: there is no such folder")
    if config.option.badgateway_report:
        from lab.pytest_plugin.reporting import begin

        begin(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if (stage := config.stash.get(STAGE, None)) is not None:
        stage.close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A scenario file that pytest would not import by itself; the others come by `pytest_pycollect_makemodule`."""
    root = _root(file_path, parent.config)
    if root is None or _taken_for_a_module(file_path, parent):
        return None
    return _scenario_file(file_path, root, parent)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Claim a scenario file that was named explicitly, before it is imported as a test module."""
    root = _root(module_path, parent.config)
    return None if root is None else _scenario_file(module_path, root, parent)


def _scenario_file(path: Path, root: Path, parent: pytest.Collector) -> pytest.Collector:
    from lab.pytest_plugin.items import ScenarioFile

    return ScenarioFile.of(parent, path, root)


def _root(path: Path, config: pytest.Config) -> Path | None:
    """The folder of scenarios that this file belongs to; None: it is not ours."""
    if path.suffix != ".py" or path.name in ("chapter.py", "__init__.py", "conftest.py"):
        return None
    return next((root for root in _roots(config) if root in path.parents), None)


def _roots(config: pytest.Config) -> tuple[Path, ...]:
    roots = config.stash.get(_ROOTS, None)
    if roots is None:
        named = [config.option.scenarios] if config.option.scenarios else []
        roots = tuple(Path(each).resolve() for each in (*named, *config.getini("badgateway_scenarios"), *_own()))
        config.stash[_ROOTS] = roots
    return roots


def _own() -> tuple[Path, ...]:
    from lab.home import scenarios_folder

    try:
        return (scenarios_folder(),)
    except FileNotFoundError:
        return ()


_ROOTS = pytest.StashKey[tuple[Path, ...]]()
STAGE: "pytest.StashKey[Stage]" = pytest.StashKey()
"""Where the session performs; made with the first scenario that is played, so that others pay nothing."""


def _taken_for_a_module(path: Path, parent: pytest.Collector) -> bool:
    """Whether pytest itself would make a test module of it: named explicitly, or matching `python_files`."""
    if parent.session.isinitpath(path):
        return True
    return any(fnmatch(path.name, pattern) for pattern in parent.config.getini("python_files"))
