# %% [markdown]
# # 10. Folklore tested
#
# Somebody sees a 502. "Reload it." "Clear your cache." "Try another browser." "Flush your DNS." "Wait a little."
# Everybody knows a cure that has worked once. Here each is tried, in every situation that a 502 can come from. Then we
# test what people say of a 304, and what a robot sees that watches a site.
#
# You will be able to
#
# - tell what reloading, clearing, waiting and changing the browser really do, and where each of them helps;
# - say from a 502 alone what cannot be the matter;
# - answer to sayings about 304 with an experiment;
# - write a rule by which a robot notices what a status code hides.
#
# About 35 minutes. The best preparation is [502 against 304](09_502_against_304.ipynb).

# %%
from lab import *
from lab.compare.remedies import SITUATIONS
from lab.notebook import *
from lab.notebook.exercises import folklore_tested as exercise

# %% [markdown]
# ## Six places for one number
#
# A 502 can come from six places here. In each of them a client visits a page and gets a 502. Then it does what people
# do, and visits the page again. A cure is what shows the page *where asking again would not have shown it*. (Asking
# again is tried, too. It counts as a cure where it shows the page.)
#
# Before you see anything: in how many of the six situations does reloading cure the 502?

# %%
table(("situation", "where the 502 comes from"), *((each.name, each.says) for each in SITUATIONS))

# %% tags=["exercise"]
reloading = guess("In how many of six situations does reloading cure a 502?", ...)
reloading

# %% tags=["solution"]
reloading = guess("In how many of six situations does reloading cure a 502?", 2)
reloading

# %% [markdown]
# The client has a cache of its own, as a browser has. The clock of the lab is set forward where somebody waits. All
# trials together take a few seconds:

# %%
compared = await perform_comparison()
compared.remedies

# %%
cured = [each.name for each in SITUATIONS if compared.effect("reloading", each.name) == "cured"]
reveal(reloading, len(cured), f"It cures here: {', '.join(cured)}.")

# %% [markdown]
# Why just there? A 502 may come with a lifetime, as any answer may. Then it is kept, in the client's own cache or in
# the gateway's store. A link is answered from the copy. A reload leaves the client's own copy aside, and says
# `Cache-Control: max-age=0`: it wants nothing that is older than zero seconds
# ([RFC 9111, 5.2.1.1](https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.1)). These are the two visits, without a
# reload and with one:

# %%
display(compared.visits("502: asking again, own copy"))
compared.visits("502: reloading, own copy")

# %% [markdown]
# In the first table nobody was asked the second time. The 502 was an old one.
#
# `anyway` is the most important word in the table of cures. Where a failure happens once, *everything* helps, for
# asking again would have done. Whoever reloads, clears the cache and changes the browser will believe in what was done
# last. That is how folklore is made.
#
# **Exercise:** choose one cure for each of these four situations. Use the names in the table.

# %% tags=["exercise"]
cures = {
    "own copy": ...,
    "gateway copy": ...,
    "a minute": ...,
    "refused": ...,
}
exercise.chosen(cures, compared)

# %% tags=["solution"]
cures = {
    "own copy": "clearing the cache",
    "gateway copy": "reloading",
    "a minute": "waiting",
    "refused": "another upstream",
}
exercise.chosen(cures, compared)

# %% [markdown]
# **Exercise:** which of these eight cures a 502 in *none* of the six situations?

# %% tags=["exercise"]
useless = ...
exercise.cures_nowhere(useless, compared)

# %% tags=["solution"]
useless = "another connection"
exercise.cures_nowhere(useless, compared)

# %% [markdown]
# ## Another browser, a private window, another network
#
# To the gateway these are *another client*, with a cache and connections of its own. The row in the table says where
# that helps: only if the 502 was in the first client's own cache.

# %%
display(compared.visits("502: another client, own copy"))
compared.visits("502: another client, nonsense")

# %% [markdown]
# Another network brings another connection, to the same gateway. That helps nowhere here. It could lead to *another
# gateway*, with another store and other upstreams; then you ask somebody else, and learn nothing about the first one.
#
# ## Flush your DNS
#
# A name is looked up before anything else happens. If that fails, is it a 502? Here each stage of the HTTP cycle fails
# once, on both connections.

# %% tags=["exercise"]
no_name = guess("Your machine cannot find the gateway's name. Do you get a 502?", ...)
no_name

# %% tags=["solution"]
no_name = guess("Your machine cannot find the gateway's name. Do you get a 502?", False)
no_name

# %%
compared.stages

# %%
lost_name = compared.run("stage: client connection, name: the gateway's name stands for no address")
reveal(no_name, lost_name.status == 502, "Without a name there is no connection, and without a connection no status.")

# %% [markdown]
# **Exercise:** of the failures on the client connection, how many became a 502?

# %% tags=["exercise"]
number = ...
exercise.became_502(number, compared)

# %% tags=["solution"]
number = 0
exercise.became_502(number, compared)

# %% [markdown]
# So a 502 that has come over the network just now tells you what is *not* the matter: your name server, your network,
# your browser, as far as the gateway. It was found, was reached, and has understood you. (A 502 out of your own cache
# tells the same about the time when it came.) One 502 has a name in it, `dns_error`: there the *gateway* could not find
# its upstream. To flush the memory of your own machine does not reach that.
#
# ## Restart it
#
# A restart reaches further, if it is a restart of the right thing. Here the upstream is gone, and comes back:

# %%
back = await perform("connections/gone_and_back")
table(("request", "status", "made by"), *((n, e.status, e.made_by) for n, e in enumerate(back.exchanges, 1)))

# %% [markdown]
# To restart what has died brings it back. And the gateway? A restart empties a store that is in its memory. Here a 502
# with a lifetime is in the store, and the upstream has long been well. Every performance starts a new gateway, so the
# second run below is the one after the restart.

# %%
PAGE = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n", b"\r\n", b"hello")]
after_a_restart = Scenario(
    lesson="A new gateway has an empty store.",
    guess="Is the old 502 still there?",
    client=Get("/report"),
    upstream=PAGE,
    reports=[],
    expect=[Question("Is the page there?", Answers(200))],
    needs=["cache"],
)
before = await perform("stale_or_502/kept_error[good for a minute]")
after = await perform(after_a_restart)
table(
    ("", "status", "made by", "requests to the upstream"),
    (
        "the store has a 502",
        before.exchanges[1].status,
        before.exchanges[1].made_by,
        before.exchanges[1].upstream_requests,
    ),
    ("after a restart", after.status, after.made_by, after.exchanges[0].upstream_requests),
)

# %% [markdown]
# It helped, and it was too much: it threw all the good copies away, too, and the 502 would have gone after its minute.
# What a good copy is worth in an outage, [the last notebook](09_502_against_304.ipynb) has shown.
#
# ## What people say of a 502

# %%
compared.said_of(502)

# %% [markdown]
# Look at the last row, "the server is down": of the failures that became a 502, some came although the upstream ran and
# had got at least a part of the request.
#
# ## What people say of a 304
#
# These six sayings were tried, too. **Exercise:** before you see it, which of them do not hold *at all*? Write their
# names as a set.

# %%
from lab.compare.beliefs import EXPERIMENTS

sayings = {each.name: each.claim for each in EXPERIMENTS}
table(("name", "what people say"), *sayings.items())

# %% tags=["exercise"]
wrong_sayings = ...
exercise.fails_altogether(wrong_sayings, compared, sayings)

# %% tags=["solution"]
wrong_sayings = {"fields", "direct", "less-than-a-page"}
exercise.fails_altogether(wrong_sayings, compared, sayings)

# %%
compared.said_of(304)

# %% [markdown]
# "A 304 is an error" is not in the list, for it is settled by its first digit: 3 stands for a redirection, here to
# one's own copy ([RFC 9110, 15.4.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5)). And "the page is old"? The
# condition was judged a moment ago. Unless the 304 comes from a store that has asked nobody, the copy is as new as what
# a reload would have brought.
#
# ## What a robot sees
#
# Let a robot watch a site. It asks for a page now and then, and looks at the status: 200 is well, and anything else is
# an alarm. Here are seven answers that it may get. What the last column says, it does not know: it comes from the lab,
# which has seen both connections.

# %%
names = {
    "all is well": "first/all_is_well",
    "a condition, and no change": "first/not_modified",
    "a fresh copy": "caching_304/fetch_again",
    "an old copy, found to be still good": "caching_304/both_ask",
    "nobody home": "first/nobody_home",
    "half a page": "first/broken_promise",
    "an outage behind a copy": "stale_or_502/hangs_up[a plain client]",
}
runs = await perform_all(list(names.values()))
answers = {name: run.exchanges[-1] for name, run in zip(names, runs, strict=True)}
table(
    ("the answer", "status", "complete", "Age", "Cache-Status", "the robot", "in truth"),
    *(
        (
            name,
            answer.status,
            answer.complete,
            dict(answer.fields).get("age"),
            answer.cache_status.partition(";")[2].partition(";key")[0],
            "well" if answer.status == 200 else "alarm",
            "well" if exercise.is_well(answer) else "not well",
        )
        for name, answer in answers.items()
    ),
)

# %% [markdown]
# The simple robot is wrong four times. It sounds a false alarm for each 304, if it asks with a condition. It does not
# notice half a page. And it does not notice an outage that a store hides.
#
# **Exercise:** write a better rule. `answer` has `.status`, `.complete`, `.content`, `.fields` (pairs of a name and a
# value) and `.cache_status` (a text). The rule gives `True` where all is well.


# %% tags=["exercise"]
def looks_well(answer):
    return ...


exercise.robot(looks_well, answers)


# %% tags=["solution"]
def looks_well(answer):
    return answer.status in (200, 304) and answer.complete and "ttl=-" not in answer.cache_status


exercise.robot(looks_well, answers)

# %% [markdown]
# `ttl` below zero says that what came was stale
# ([RFC 9211, 2.4](https://www.rfc-editor.org/rfc/rfc9211#section-2.4)). Not every cache says so. A robot that asks past
# the store, or asks the upstream itself, sees an outage in any case; but then it does not see what people see. It needs
# both.
#
# ## Summary
#
# - A cure reaches the place where the trouble is. For a new 502 that is behind the gateway; a kept one is in a store.
# - Reloading reaches a *stored* 502 wherever it is, clearing one in your own cache. Waiting lets a lifetime, or a
#   failure, run out. Another browser is another cache, and no more.
# - A 502 from the network proves that name, network and browser work: a gateway has answered.
# - Where a failure happens once, everything seems to help.
# - A status alone hides half a page, and an outage behind a copy.
#
# ## Where to read on
#
# - `badgateway compare 502 304 -v`: all these results with their evidence, each byte of it.
# - [RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3), 502 Bad Gateway, and
#   [RFC 9209, 2](https://www.rfc-editor.org/rfc/rfc9209#section-2), Proxy-Status: the field that says what it was.
# - `badgateway list --causes`: what lies behind real 502s.
# - Next: [your own scenario](11_your_own_scenario.ipynb).
