"""pytest: scenario files as tests, and fixtures that put a broken upstream behind anyone's client or gateway.

Loaded with every pytest run where badgateway is installed, so it imports nothing heavy before it is needed.
"""

from lab.pytest_plugin.fixtures import FaultNotDelivered, gateway_in_front_of, playing, upstream
from lab.pytest_plugin.hooks import (
    pytest_addoption,
    pytest_collect_file,
    pytest_configure,
    pytest_pycollect_makemodule,
    pytest_unconfigure,
)

__all__ = [
    "FaultNotDelivered", "gateway_in_front_of", "playing", "pytest_addoption", "pytest_collect_file",
    "pytest_configure", "pytest_pycollect_makemodule", "pytest_unconfigure", "upstream",
]  # fmt: skip
