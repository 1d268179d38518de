"""Where a pytest session performs: one event loop for all, made when the first scenario is played."""

import asyncio

import pytest

from lab.gateways import Gateway
from lab.gateways.names import gateway_named, running_gateway
from lab.performance import Performed, perform_with_control, why_unreached
from lab.pytest_plugin.hooks import STAGE
from lab.scenario import Case


class Stage:
    """One `asyncio.Runner`, and the gateways by name. After each performance no task may be left."""

    def __init__(self, option: object) -> None:
        self._runner = asyncio.Runner()
        self._option = option
        self._gateways: dict[str, Gateway] = {}

    def play(self, case: Case, gateway: str) -> Performed:
        return self._runner.run(self._play(case, self._gateway(gateway)))

    async def _play(self, case: Case, gateway: Gateway) -> Performed:
        performed = await perform_with_control(case, gateway)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if left:
            pytest.fail(f"the performance left tasks behind: {left}", pytrace=False)
        return performed

    def _gateway(self, name: str) -> Gateway:
        if name not in self._gateways:
            url, listen = getattr(self._option, "gateway_url", None), getattr(self._option, "upstream_listen", None)
            try:
                self._gateways[name] = running_gateway(url, listen) if url and listen else gateway_named(name)
            except (LookupError, ValueError) as error:
                pytest.exit(f"badgateway: {error}", returncode=2)
            if why := self._runner.run(why_unreached(self._gateways[name])):
                pytest.exit(f"badgateway: {why}", returncode=2)
        return self._gateways[name]

    def close(self) -> None:
        self._runner.close()


def stage(config: pytest.Config) -> Stage:
    """The session's one stage."""
    if STAGE not in config.stash:
        config.stash[STAGE] = Stage(config.option)
    return config.stash[STAGE]
