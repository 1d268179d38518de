"""What the table says of results."""

from tests.conformance.contenders import CACHES, fill
from tests.conformance.table import Told, beaten, failures, table


def _told(kind: str, result: str, says: str = "") -> Told:
    return Told("freshness", "a name", kind, result, says)


GOOD = {"a": _told("required", "pass"), "b": _told("optimal", "pass"), "c": _told("check", "fail")}
HALF = {"a": _told("required", "pass"), "b": _told("optimal", "fail", "stale"), "c": _told("check", "pass")}


def test_the_kinds_are_counted_apart() -> None:
    lines = table({"good": GOOD, "half": HALF}).splitlines()
    assert lines[2].split() == ["good", "1", "0", "0", "1", "0", "0", "0", "1"]
    assert lines[3].split() == ["half", "1", "0", "0", "0", "1", "0", "1", "0"]


def test_a_test_that_says_nothing_is_neither_passed_nor_failed() -> None:
    lines = table({"one": {"a": _told("required", "depends")}}).splitlines()
    assert lines[2].split()[:4] == ["one", "0", "0", "1"]


def test_failures_are_named_with_what_they_said() -> None:
    assert failures(GOOD) == ""
    assert "stale" in failures(HALF)
    assert failures(HALF, ["required"]) == ""


def test_as_good_is_not_beaten() -> None:
    assert beaten(GOOD, {"half": HALF}) == ["half passes 1 of the required tests, ours 1"]
    assert beaten(GOOD, {"none": {}}) == []


def test_only_known_names_in_braces_are_filled_in() -> None:
    assert fill("http { listen {port}; }", {"port": "80"}) == "http { listen 80; }"


def test_each_file_of_a_cache_is_there_and_asks_for_what_it_gets() -> None:
    from tests.conformance.contenders import FILES

    for cache in CACHES:
        texts = [(FILES / name).read_text() for name in cache.files] + [" ".join(cache.command)]
        filled = [fill(text, {"dir": "/d", "port": "1", "origin": "2"}) for text in texts]
        assert not any(word in text for text in filled for word in ("{dir}", "{port}", "{origin}"))
        assert any("{origin}" in text for text in texts), cache.name
