"""Performances: one case on one gateway, many of them side by side, and an upstream that plays for anyone's gateway."""

from lab.performance.many import Controls, Performed, perform_all, perform_with_control, side_by_side
from lab.performance.performing import perform
from lab.performance.reaching import why_unreached
from lab.performance.standing import Served, serving_upstream

__all__ = [
    "Controls", "Performed", "Served", "perform", "perform_all", "perform_with_control", "serving_upstream",
    "side_by_side", "why_unreached",
]  # fmt: skip
