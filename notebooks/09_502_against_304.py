# %% [markdown]
# # 9. 502 against 304
#
# Both come in place of a page. One is an error, and the other is a success that looks like one in a log. Between them
# stands a store of copies: the same request, to the same broken upstream, gets a 502, a 304, an old page or a fresh
# one. What does a cache save, and what can it lose?
#
# You will be able to
#
# - compare a 502 and a 304 by seven questions, each answered by what you have measured;
# - predict what a client gets from a broken upstream, for each state of the store;
# - read `Cache-Status` aloud;
# - write the `Cache-Control` that carries a page through an outage, and not for ever;
# - say what must not be left in a store when the outage is over.
#
# About 40 minutes. Come here from [304 from the beginning](08_304_from_the_beginning.ipynb).

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import bad_gateway_or_not_modified as exercise

# %% [markdown]
# ## The same request
#
# A client has fetched a page, and has kept it: it has a good copy of its own. It asks again, on the condition that the
# page has changed. But the upstream has crashed, and answers nonsense. Which status does the client see?

# %% tags=["exercise"]
second_visit = guess("The client has a copy, and the upstream answers nonsense. Which status?", ...)
second_visit

# %% tags=["solution"]
second_visit = guess("The client has a copy, and the upstream answers nonsense. Which status?", 502)
second_visit

# %% [markdown]
# The next cell performs this, and the same with an upstream that is well, and much more that this notebook and the next
# one use. It takes a few seconds.

# %%
compared = await perform_comparison()
bad_gateway = compared.run("a 502")
bad_gateway

# %%
reveal(second_visit, bad_gateway.status, "The client has a copy, but nobody could say whether it is still good.")

# %% [markdown]
# Now the same client, with the same copy and the same request. This time the upstream is well, and nothing has changed:

# %%
unchanged = compared.run("a 304 of the upstream")
unchanged

# %%
first_asked = bad_gateway.client_sent
table(
    ("", "bytes sent in both requests", "the same bytes", "status", "made by", "content of the second answer"),
    *(
        (name, len(run.client_sent), run.client_sent == first_asked, run.status, run.made_by, len(run.content))
        for name, run in (("nonsense", bad_gateway), ("nothing has changed", unchanged))
    ),
)

# %% [markdown]
# The client did the same both times, byte for byte. What differs is what happened *behind* the gateway. So nothing in
# the client can be the cause, and nothing in the client tells the two apart before the answer is there.
#
# ## Seven questions
#
# This is what `badgateway compare 502 304` says, from what was just performed. (The command counts the causes over the
# whole catalogue; here it was the first chapter.)

# %%
compared

# %% [markdown]
# Read it row by row. Three things are worth remembering:
#
# - A 502 is made by a gateway, about a server behind it
#   ([RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3)). A 304 is made by whoever has judged the
#   condition, an upstream or a store ([RFC 9110, 15.4.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5)).
# - A 502 takes the page away, although the client has a copy. A 304 gives the page, although nothing is sent.
# - A 502 names a failure. A 304 needs no cure.
#
# ## A store between them
#
# Now the gateway gets a cache. A good copy can be in its store, in different states, when the upstream fails. The fault
# is always the same: nobody listens at the upstream's address.
#
# | state | what is in the store |
# |---|---|
# | `cold` | nothing |
# | `fresh` | a copy whose lifetime is not over |
# | `stale` | a copy whose lifetime is over, with no further word |
# | `stale-if-error` | the same, and it says `stale-if-error=3600` |
# | `must-revalidate` | the same, and it says `must-revalidate` |
#
# In how many of these five states does a client without a condition get the page?

# %% tags=["exercise"]
saved = guess("In how many of the five states does the client get the page?", ...)
saved

# %% tags=["solution"]
saved = guess("In how many of the five states does the client get the page?", 2)
saved

# %%
nobody_home = await perform_grid("first/nobody_home")
nobody_home

# %%
reveal(saved, sum(status == 200 for status in exercise.statuses(nobody_home).values()), "Look at the first column.")

# %% [markdown]
# Now by its reasons, from top to bottom:
#
# - **cold**: there is nothing to give. The 502 says `connection_refused`.
# - **fresh**: the upstream is not even asked
#   ([RFC 9111, 4.2](https://www.rfc-editor.org/rfc/rfc9111#section-4.2)). A client with the same copy gets a 304, made
#   by the store. As long as the copy is fresh, nobody notices the outage.
# - **stale**: the upstream is asked, and fails. Unless it is allowed, or the cache is cut off from the origin, a stale
#   answer must not be given ([RFC 9111, 4.2.4](https://www.rfc-editor.org/rfc/rfc9111#section-4.2.4)). This gateway
#   reports the error.
# - **stale-if-error**: this is the permission. The copy may stand in for a 500, 502, 503 or 504
#   ([RFC 5861, 4](https://www.rfc-editor.org/rfc/rfc5861#section-4)).
# - **must-revalidate**: this is the prohibition. The cache must give an error, and should make it a 504, unless another
#   one fits better ([RFC 9111, 5.2.2.2](https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.2)).
#
# This is the saving cell with its three requests: the copy is fetched, the fault is met, and in the end all is well
# again.

# %%
nobody_home.run("stale-if-error")

# %% [markdown]
# ## Cache-Status, read aloud
#
# In `Cache-Status` a cache says of each answer why it asked, or why not. It is made of these parameters:

# %%
from lab.rfc.cache_status import CACHE_PARAMETERS

table(("parameter", "it says", "clause"), *((p.name, p.says, str(p.clause)) for p in CACHE_PARAMETERS.values()))


# %%
def told(answer):
    """Cache-Status, but for the cache's own name and the key."""
    return answer.cache_status.partition(";")[2].replace(';key="http://lab.test/report"', "")


plain = [cell for cell in nobody_home.cells if cell.question.asking == "plain"]
table(
    ("state", "status", "Age", "Cache-Status", "error in Proxy-Status"),
    *(
        (cell.question.state, cell.met.status, dict(cell.met.fields).get("age"), told(cell.met), cell.met.errors)
        for cell in plain
    ),
)

# %% [markdown]
# Read two of them aloud. *fresh*: "it was in my store, I asked nobody, and it is good for 30 more seconds."
# *stale-if-error*: "I went forward, because my copy was stale. What I give you has been stale for a while, and is meant
# for errors." An error that the gateway made itself has no `Cache-Status`: it does not come out of the store
# ([RFC 9211, 2](https://www.rfc-editor.org/rfc/rfc9211#section-2)).
#
# **Exercise:** in the state `stale-if-error`, for how many seconds had the copy been stale?

# %% tags=["exercise"]
seconds = ...
exercise.stale_for(seconds, nobody_home.cell("stale-if-error"))

# %% tags=["solution"]
seconds = 60
exercise.stale_for(seconds, nobody_home.cell("stale-if-error"))

# %% [markdown]
# ## Another fault
#
# Up to now nobody was there. What if somebody is there, and answers nonsense? **Exercise:** predict the statuses that a
# client without a condition gets. Four of them are as above. Which one is not, and why? (It is performed when you run
# the cell.)

# %% tags=["exercise"]
prediction = {
    "cold": ...,
    "fresh": ...,
    "stale": ...,
    "stale-if-error": ...,
    "must-revalidate": ...,
}
await exercise.predicted(prediction, "first/garbage")

# %% tags=["solution"]
prediction = {
    "cold": 502,
    "fresh": 200,
    "stale": 502,
    "stale-if-error": 200,
    "must-revalidate": 502,
}
await exercise.predicted(prediction, "first/garbage")

# %% [markdown]
# A 504 says that no answer came in time. Here an answer came, and it was no valid one: that is what a 502 says, and so
# it fits better.
#
# ## What a store cannot save
#
# Half a page is a fault that no status shows. The upstream promises 20 bytes and sends 5. Does `stale-if-error` help?
# It depends on the gateway. One that *streams* has passed on "200 OK" before the trouble begins. One that *buffers* has
# not.

# %%
half_a_page = "truncated_bodies/content_length_short"
streaming = await perform_grid(half_a_page, clients=["plain"])
buffering = await perform_grid(half_a_page, clients=["plain"], gateway="reference-buffer")
table(
    ("state", "a gateway that streams", "a gateway that buffers"),
    *(
        (
            state,
            *(f"{grid.cell(state).met.status} {grid.cell(state).met.outcome}" for grid in (streaming, buffering)),
        )
        for state in exercise.statuses(streaming)
    ),
)

# %% [markdown]
# Where nothing has been sent yet, the good copy can still take the place of the broken answer: that is the `200 stale`
# on the right. The gateway on the left has begun to answer, and cannot take it back: its client gets 5 of 20 bytes of a
# new page, while a whole old one lies in the store.
#
# Here are three faults at one look. Each state has three columns, for three clients: a plain one, one with a copy of
# its own that matches the good one (`match`), and one with another copy (`other`). The upper part counts: how many of
# the three faults got a 502 there, how many a 304, and so on. Below it each fault has a row of its own.

# %%
await perform_grid("first/nobody_home", "first/garbage", half_a_page)

# %% [markdown]
# ## What a store can lose
#
# The worst that can happen in an outage is not an error. It is what is left when the outage is over. So each cell has a
# third request, when the upstream is well again, and looks for two findings:
#
# - **copy lost**: the good copy is no longer in the store. The next failure meets no copy.
# - **failure stored**: the failure, or a broken answer, is in the store. It goes on although all is well.

# %%
table(
    ("finding", "nobody home", "half a page"),
    *(
        (finding, *(f"in {grid.count(finding)} of {len(grid.cells)} cells" for grid in (nobody_home, streaming)))
        for finding in ("copy lost", "failure stored")
    ),
)

# %% [markdown]
# In these cells nothing of the kind happened. Half a page must not be used as a whole one
# ([RFC 9111, 3.3](https://www.rfc-editor.org/rfc/rfc9111#section-3.3)), and this gateway keeps the good copy. It is
# allowed to lose one, and caches that did are among the reports behind `badgateway list --causes` (B12). That is why a
# test of a cache has to ask once more, after the fault.
#
# But a failure can be stored by the rules. A 502 that says nothing of being kept is not kept
# ([RFC 9110, 15.1](https://www.rfc-editor.org/rfc/rfc9110#section-15.1) does not list it among those that may be kept
# unasked). This upstream is a gateway itself: its 502 is a proper answer, and says that it is good for an hour.

# %%
a_502_for_an_hour = Scenario(
    lesson="An error that may be kept outlives its cause.",
    guess="What does the client get when all is well again?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 502 Bad Gateway\r\n",
            NONCE,
            b"Cache-Control: max-age=3600\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"sorry",
            watch="an error, in a proper answer",
        ),
    ],
    reports=[],
    expect=[Question("Does the client get the 502?", Answers(502))],
    address="yours/a_502_for_an_hour",
)
kept_error = await perform_grid(a_502_for_an_hour, clients=["plain"])
kept_error

# %% [markdown]
# **Exercise:** in how many of the five states does the client still get the error when the upstream is well again?

# %% tags=["exercise"]
still_wrong = ...
exercise.wrong_afterwards(still_wrong, kept_error)

# %% tags=["solution"]
still_wrong = 3
exercise.wrong_afterwards(still_wrong, kept_error)

# %%
kept_error.run("cold")

# %% [markdown]
# ## The price of a stale answer
#
# A stale answer is a success for whoever reads it. No status says that the upstream is down, and so nobody is told.
# There are four places where it can be seen: `Age`, `Cache-Status`, the log of the gateway, and `Proxy-Status`, where a
# gateway adds it to such an answer, too (it is free to, [RFC 9209, 2](https://www.rfc-editor.org/rfc/rfc9209#section-2)).
# This one does:

# %%
nobody_home.run("stale-if-error").exchanges[1].proxy_status

# %% [markdown]
# Somebody has to look. Therefore a permission should end.
#
# **Exercise:** write the value of `Cache-Control` (as bytes) for a page that
#
# - is used without asking for a minute,
# - is asked for again after that,
# - may stand in for an error for an hour, and no longer.
#
# What you write is performed: the page is asked for a little before the minute is over and a little after it, and in an
# outage, when the copy has been stale for a little less than an hour, and for a little more.

# %% tags=["exercise"]
directives = ...
await exercise.saves_for_an_hour(directives)

# %% tags=["solution"]
directives = b"max-age=60, stale-if-error=3600"
await exercise.saves_for_an_hour(directives)

# %% [markdown]
# ## Summary
#
# - The same bytes from the same client can get a 502 or a 304. The difference is behind the gateway.
# - A fresh copy hides an outage, a stale one does not, unless it says so itself: `stale-if-error` allows it,
#   `must-revalidate` forbids it.
# - A gateway that has passed on the beginning of an answer cannot give the copy in its place.
# - After an outage look into the store: a good copy may be gone, and an error may be kept.
# - Read `Age`, `Cache-Status` and `Proxy-Status`, and the log. No status shows an outage that a store hides.
#
# ## Where to read on
#
# - `badgateway compare 502 304 -v`: the seven rows over the whole catalogue, with the evidence.
# - `badgateway grid first`: the same table for other faults.
# - `badgateway show stale_or_502`: the stories, such as `stale_or_502/error_behind_its_back` (B12) and
#   `stale_or_502/copy_behind_the_error_page` (B15).
# - [RFC 9111, 4.2.4](https://www.rfc-editor.org/rfc/rfc9111#section-4.2.4), Serving Stale Responses, and
#   [RFC 9211, 2](https://www.rfc-editor.org/rfc/rfc9211#section-2), the parameters of Cache-Status.
# - Next: [Folklore tested](10_folklore_tested.ipynb): what people do about a 502, and whether it helps.
