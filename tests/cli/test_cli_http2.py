"""`run --http2`: what can be asked over HTTP/2 is, the rest is left out and counted."""

import json

from tests.cli.door import badgateway

ASKED = "interim_responses/early_hint"
NOT_ASKED = "truncated_bodies/old_client"


def test_it_asks_over_http_2_and_says_what_it_leaves_out() -> None:
    done = badgateway("run", "--http2", "--json", ASKED, "first/broken_promise", NOT_ASKED)
    assert done.returncode == 0
    hint, promise = map(json.loads, done.stdout.splitlines())
    assert (hint["client_version"], hint["status"], hint["interim"], hint["error_code"]) == ("2", 200, [103], "")
    assert (promise["client_version"], promise["ending"], promise["error_code"]) == ("2", "reset", "INTERNAL_ERROR")
    assert "1 of 3 cannot be asked over HTTP/2, and are left out." in done.stderr


def test_where_nothing_is_left_it_says_why() -> None:
    done = badgateway("run", "--http2", NOT_ASKED)
    assert done.returncode == 2
    assert "--http2: this cannot be asked over HTTP/2" in done.stderr
