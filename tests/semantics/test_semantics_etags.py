import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.semantics.etags import EntityTag, entity_tag, entity_tags, matches_strongly, matches_weakly

A, WEAK_A, B = EntityTag(b"a"), EntityTag(b"a", weak=True), EntityTag(b"b")


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        (b'"a"', A), (b'W/"a"', WEAK_A), (b'""', EntityTag(b"")), (b'"a,\xff"', EntityTag(b"a,\xff")), (b"a", None),
        (b'w/"a"', None), (b'"a', None), (b'"a b"', None), (b'"a""', None), (b"", None), (b'W/ "a"', None),
        (b"*", None), (b'"a"\n', None),
    ],
)  # fmt: skip
def test_the_value_of_etag(value: bytes, tag: EntityTag | None) -> None:
    """RFC 9110, 8.8.3."""
    assert entity_tag(value) == tag


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ([b'"a"'], (A,)), ([b'"a", W/"a"', b'"b"'], (A, WEAK_A, B)), ([b' ,"a",, "b" ,'], (A, B)), ([b" * "], "*"),
        ([b'"a,b"'], (EntityTag(b"a,b"),)), ([b'"a, "b"'], (B,)), ([b"*, *"], ()), ([b"*", b'"a"'], (A,)), ([b"a"], ()),
        ([b'"*"'], (EntityTag(b"*"),)), ([b'x"a", "b" y'], ()), ([b""], ()), ([], ()), ([b'"a""b"', b'"b"'], (B,)),
    ],
)  # fmt: skip
def test_lists_of_entity_tags(values: list[bytes], tags: object) -> None:
    """RFC 9110, 13.1.1 and 13.1.2; empty members do not count (5.6.1.2)."""
    assert entity_tags(values) == tags


@pytest.mark.parametrize(
    ("one", "other", "strongly", "weakly"),
    [
        (EntityTag(b"1", weak=True), EntityTag(b"1", weak=True), False, True),
        (EntityTag(b"1", weak=True), EntityTag(b"2", weak=True), False, False),
        (EntityTag(b"1", weak=True), EntityTag(b"1"), False, True),
        (EntityTag(b"1"), EntityTag(b"1"), True, True),
    ],
)
def test_the_table_of_comparisons(one: EntityTag, other: EntityTag, strongly: bool, weakly: bool) -> None:
    """RFC 9110, 8.8.3.2, table 3."""
    assert (matches_strongly(one, other), matches_weakly(one, other)) == (strongly, weakly)
    assert (matches_strongly(other, one), matches_weakly(other, one)) == (strongly, weakly)


ETAGC = bytes([0x21, *range(0x23, 0x7F), *range(0x80, 0x100)])
TAGS = st.builds(EntityTag, st.lists(st.sampled_from(ETAGC)).map(bytes), st.booleans())


@given(st.lists(TAGS))
def test_what_is_written_is_read(tags: list[EntityTag]) -> None:
    assert entity_tags([b", ".join(tag.wire for tag in tags)]) == tuple(tags)
    assert [entity_tag(bytes(tag)) for tag in tags] == tags


@given(st.lists(st.text('"W/*, \tab').map(str.encode)))
def test_nothing_makes_it_raise_and_what_is_found_was_there(values: list[bytes]) -> None:
    tags = entity_tags(values)
    assert all(tag.wire in b",".join(values) for tag in tags if isinstance(tag, EntityTag))
