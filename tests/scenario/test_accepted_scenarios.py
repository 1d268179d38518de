"""Every file in `accepted` is odd, and right."""

from pathlib import Path

import pytest

from lab.catalogue import load_file

ACCEPTED = Path(__file__).parent / "accepted"


@pytest.mark.parametrize("path", sorted(ACCEPTED.glob("*.py")), ids=lambda path: path.stem)
def test_it_is_accepted(path: Path) -> None:
    assert load_file(path, ACCEPTED).address == path.stem
