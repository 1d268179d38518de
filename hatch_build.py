"""What the wheel needs beyond lab/: the scenarios, which in a checkout lie beside it."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ScenariosInsideTheWheel(BuildHookInterface[Any]):
    """Puts scenarios/ into the standard wheel as lab/_scenarios. Not into an editable install: that would be a copy,
    and go stale, where `lab.home` finds the checkout's own."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["scenarios"] = "lab/_scenarios"
