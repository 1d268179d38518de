"""What Cache-Status says, whoever wrote it."""

from dataclasses import replace

import pytest

from lab.expect import CacheSays
from lab.script import Mistake
from tests.expect.stored import stored_twice

CHAIN = 'inner; hit; ttl=30, "the outer; hit=?0"; fwd = stale;fwd-status=304; key="fwd=miss; detail"; collapsed=?0'


@pytest.mark.parametrize("what", ["hit", "ttl", "ttl=30", "fwd", "fwd=stale", "fwd-status=304", "key", "collapsed=?0"])
def test_it_says_so(what: str) -> None:
    assert CacheSays(what)(replace(stored_twice(2), cache_status=CHAIN))


@pytest.mark.parametrize("what", ["stored", "ttl=3", "fwd=miss", "collapsed", "detail", "fwd-status=200"])
def test_it_does_not_say_so(what: str) -> None:
    assert not CacheSays(what)(replace(stored_twice(2), cache_status=CHAIN))


@pytest.mark.parametrize("what", ["hit", "ttl"])
def test_without_the_field_it_says_nothing(what: str) -> None:
    assert not CacheSays(what)(stored_twice(2))


@pytest.mark.parametrize("what", ["", "hits", "fwd=expired", 5])
def test_what_no_standard_knows_cannot_be_asked(what: str) -> None:
    with pytest.raises(Mistake):
        CacheSays(what)
