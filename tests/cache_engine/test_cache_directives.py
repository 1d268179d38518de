"""Directives as badly written as they come (RFC 9111, 5.2 and 4.2.1; RFC 9213, 2.1)."""

from collections.abc import Set as AbstractSet

import pytest

from lab.semantics.directives import INFINITE, directives, targeted_directives

SECONDS = [
    (b"max-age=60", 60),
    (b"MAX-AGE=60", 60),
    (b'max-age="60"', 60),
    (b"foo, max-age=0060 ,bar", 60),
    (b", ,,max-age=60,", 60),
    (b'ext="max-age=9, no-store", max-age=60', 60),
    (b'ext="a\\", max-age=9", max-age=60', 60),
    (b"max-age=60, max-age=60", 60),
    (b"max-age=2147483649", INFINITE),
    (b"max-age=" + b"9" * 5000, INFINITE),
    (b"max-age=60, max-age=61", -1),
    (b"max-age", -1),
    (b"max-age=", -1),
    (b"max-age=-60", -1),
    (b"max-age=60.0", -1),
    (b"max-age=6 0", -1),
    (b"max-age =60", -1),
    (b"max-age= 60", -1),
    (b"max-age='60'", -1),
    (b"max-age=60;x=y", -1),
    (b'max-age="60', -1),
    (b"max-age=\xb2", -1),
    (b"xmax-age=60", None),
    (b'"max-age=60"', None),
    (b"", None),
]


@pytest.mark.parametrize(("value", "seconds"), SECONDS)
def test_seconds(value: bytes, seconds: int | None) -> None:
    assert directives([value]).seconds(b"max-age") == seconds


@pytest.mark.parametrize(
    "value",
    [
        b"no-store", b"No-Store", b"no-store=1", b"no-store;x", b"no-store x", b'ext="a, no-store', b"\xff, no-store",
        b"a b,no-store",
    ],
)  # fmt: skip
def test_what_restrains_counts_in_any_form(value: bytes) -> None:
    assert directives([value]).has(b"no-store")
    assert directives([b"max-age=1", value]).has(b"no-store")


@pytest.mark.parametrize("value", [b'x="no-store"', b"no-stores", b'"no-store"', b"=no-store", b""])
def test_what_is_another_directive_does_not(value: bytes) -> None:
    assert not directives([value]).has(b"no-store")


def test_what_permits_counts_where_it_is_well_formed() -> None:
    assert directives([b"a, Public"]).allows(b"public")
    for value in (b"public=1", b"public;x", b"public x", b"public, public=1", b"a"):
        assert not directives([value]).allows(b"public")


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ([b'no-cache="a, B"'], {b"a", b"b"}),
        ([b"no-cache=Set-Cookie"], {b"set-cookie"}),
        ([b'no-cache="a"', b'no-cache="b"'], {b"a", b"b"}),
        ([b"no-cache"], set()),
        ([b'no-cache="a"', b"no-cache"], set()),
        ([b'no-cache=""'], set()),
        ([b"no-cache="], set()),
        ([b'no-cache="a b"'], set()),
        ([b'no-cache="a'], set()),
        ([b'no-cache ="a"'], set()),
    ],
)
def test_names(values: list[bytes], names: AbstractSet[bytes]) -> None:
    assert directives(values).names(b"no-cache") == names
    assert directives(values).names(b"private") is None


def test_a_number_in_quotes_is_no_number_in_a_targeted_field() -> None:
    quoted, plain = targeted_directives([b'max-age="60"']), targeted_directives([b"max-age=60"])
    assert quoted is not None
    assert plain is not None
    assert (quoted.seconds(b"max-age"), plain.seconds(b"max-age")) == (-1, 60)


def test_a_targeted_field_is_a_dictionary() -> None:
    said = targeted_directives([b'max-age=60;p=1, no-cache="a, b"', b"must-revalidate"])
    assert said is not None
    assert said.seconds(b"max-age") == 60
    assert said.names(b"no-cache") == frozenset({b"a", b"b"})
    assert said.allows(b"must-revalidate")


@pytest.mark.parametrize("value", [b"max-age=6.0", b"max-age=?1", b"max-age=:aGk=:", b"max-age=(1 2)", b"max-age=x"])
def test_a_value_of_another_type_is_no_number(value: bytes) -> None:
    said = targeted_directives([value])
    assert said is not None
    assert said.seconds(b"max-age") == -1


@pytest.mark.parametrize("values", [[], [b""], [b"  "], [b"MAX-AGE=60"], [b"max-age=60,"], [b"max-age=("], [b"\xff"]])
def test_a_targeted_field_that_is_empty_or_no_dictionary_is_ignored(values: list[bytes]) -> None:
    assert targeted_directives(values) is None


@pytest.mark.parametrize(
    "value",
    [b'a=",' * 50_000, b", " * 100_000, b'a="\\' * 50_000, b'a="' + b"\\," * 100_000, b"a" + b" " * 200_000 + b"x"],
)
def test_an_endless_line_hides_no_other(value: bytes) -> None:
    assert directives([value, b"no-store"]).has(b"no-store")
