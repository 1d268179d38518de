"""What the wheel needs beyond lab/: the scenarios and the notebooks, which in a checkout lie beside it."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class InsideTheWheel(BuildHookInterface[Any]):
    """Puts scenarios/ into the standard wheel as lab/_scenarios, and notebooks/ as lab/_notebooks. Not into an editable
    install: that would be a copy, and go stale, where `lab.home` finds the checkout's own."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            for name in ("scenarios", "notebooks"):
                build_data["force_include"][name] = f"lab/_{name}"
