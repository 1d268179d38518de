"""`show A.json B.json`: what was kept on several gateways ends with a table of letters."""

from pathlib import Path

from click.testing import CliRunner, Result

from lab.cli.door import door


def do(*args: str | Path) -> Result:
    return CliRunner().invoke(door, [str(arg) for arg in args])


def test_several_gateways_stand_side_by_side(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for kept, gateway in ((one, "reference"), (two, "reference-lenient")):
        assert do("run", "first/garbage", "first/all_is_well", "--gateway", gateway, "--save", kept).exit_code == 0
    shown = do("show", one, two).output
    assert "1 reference\n2 reference-lenient\n\nfirst         1 2\n" in shown
    assert "\n  garbage     k k\n" in shown
    assert "\n1 reference: 2 scenarios; k 2\n" in shown
    assert "1 reference" not in do("show", one).output
    assert "1 reference" not in do("show", one, two, "--json").output
