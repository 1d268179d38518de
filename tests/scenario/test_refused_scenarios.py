"""Every file in `refused` earns the message in its first line, with its own file and a line of its own."""

from pathlib import Path

import pytest

from lab.catalogue import load_file
from lab.script import Mistake

REFUSED = Path(__file__).parent / "refused"


@pytest.mark.parametrize("path", sorted(REFUSED.glob("*.py")), ids=lambda path: path.stem)
def test_it_is_refused_with_the_authors_line(path: Path) -> None:
    earned = path.read_text().partition("\n")[0].removeprefix("# earns: ")
    with pytest.raises(Mistake) as caught:
        load_file(path, REFUSED)
    mistake = caught.value
    assert earned in mistake.says
    assert mistake.where.file == str(path)
    assert 1 <= mistake.where.line <= len(path.read_text().splitlines()) + 1
    assert "\n" not in str(mistake)
