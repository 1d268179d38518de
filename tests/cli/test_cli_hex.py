"""`--hex`: what went over each connection octet by octet, live and kept."""

from pathlib import Path

from click.testing import CliRunner, Result

from lab.cli.door import door


def do(*args: str | Path) -> Result:
    return CliRunner().invoke(door, [str(arg) for arg in args])


def test_the_octets_are_told_live_and_kept_and_the_wrong_ones_have_their_sign(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    live = do("run", "first/garbage", "--hex", "--save", kept)
    assert live.exit_code == 0
    assert "upstream connection 1: the upstream sends 33 octets" in live.output
    assert "!! 00000  53 65 67 6d" in live.output
    again = do("show", kept, "--hex")
    begin = "client connection 1: the client sends"
    assert again.output.partition(begin)[2] == live.output.partition(begin)[2]
    assert begin not in do("show", kept).output


def test_below_each_row_of_a_table(tmp_path: Path) -> None:
    played = do("run", "first/garbage", "first/all_is_well", "--hex")
    assert played.output.count("client connection 1: the client sends") == 2


def test_a_story_has_no_octets_yet() -> None:
    told = do("show", "first/garbage", "--hex")
    assert told.exit_code == 2
    assert "--hex" in told.stderr
