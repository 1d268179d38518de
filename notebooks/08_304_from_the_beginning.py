# %% [markdown]
# # 8. 304 from the beginning
#
# A browser asks for a page, and the answer is `304 Not Modified`. Nothing is wrong. And still many questions begin
# here: why a 304, why not, who has said it, and about which copy?
#
# You will be able to
#
# - explain what a 304 says, to whom, and what it leaves out;
# - tell a strong name of a copy from a weak one, and a name from a date;
# - predict the answer to a request with one condition, or with two;
# - say of each 304 who made it: the upstream, or a store on the way;
# - say when a copy is used without asking anybody.
#
# About 40 minutes. You need the words *client*, *gateway* and *upstream* from
# [the HTTP cycle](01_the_http_cycle.ipynb).

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import not_modified as exercise

# %% [markdown]
# ## Use what you have
#
# A client has fetched a report of 5 bytes. It asks for it again, and says which state of it it has. The report has not
# changed. How many bytes of the report are sent the second time?

# %% tags=["exercise"]
sent_again = guess("How many bytes of the report are sent the second time?", ...)
sent_again

# %% tags=["solution"]
sent_again = guess("How many bytes of the report are sent the second time?", 0)
sent_again

# %%
not_modified = await perform("first/not_modified")
not_modified

# %%
reveal(sent_again, len(not_modified.content), "The client goes on with the bytes that it has.")

# %% [markdown]
# These are the two requests that the client sent:

# %%
show.bytes(not_modified, "client_sent")

# %% [markdown]
# And this is the whole second answer. It ends with the empty line:

# %%
show.bytes(not_modified.exchanges[1].client_received)

# %% [markdown]
# The first answer had an `ETag`: a name for this state of the report. The client sent the name back: *if none match*,
# send it; if it is still this one, do not. That is a **conditional request**. A 304 says that the answer would have
# been a 200, if it were not for the condition, and that the client is to use its own copy
# ([RFC 9110, 15.4.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5)).
#
# So a 304 is no error, and it says nothing about the age of a page. It answers a question: who never asked has no use
# for one. If the report has changed, the same question gets a 200 and the new report:

# %%
await perform("first/changed")

# %% [markdown]
# ## Names and dates
#
# What tells one state of a page from another is a **validator**. There are two kinds.
#
# - An *entity tag* stands in `ETag`, in quotation marks: `"v1"`. It means nothing, it is only compared.
# - A *date* stands in `Last-Modified`. It counts in whole seconds.
#
# A **strong** validator changes with every change of the bytes. A **weak** one may stay the same when a change does not
# matter. A weak entity tag has `W/` before it: `W/"v1"`. A date is weak, unless it is certain that the page did not
# change twice in that second ([RFC 9110, 8.8.1](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1) and
# [8.8.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2)).
#
# There are two ways to compare entity tags. This is the table of
# [RFC 9110, 8.8.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.2), computed:

# %%
from lab.semantics.etags import entity_tag, matches_strongly, matches_weakly

pairs = [(b'W/"1"', b'W/"1"'), (b'W/"1"', b'W/"2"'), (b'W/"1"', b'"1"'), (b'"1"', b'"1"')]
compared = [(one, other, entity_tag(one), entity_tag(other)) for one, other in pairs]
table(
    ("one", "the other", "the same, strongly", "the same, weakly"),
    *((one.decode(), other.decode(), matches_strongly(a, b), matches_weakly(a, b)) for one, other, a, b in compared),
)

# %% [markdown]
# To ask whether a copy will still do, weakly is enough: `If-None-Match` is compared weakly
# ([RFC 9110, 13.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2)). To put the parts of a download together,
# it must be strongly: these have to be parts of the same bytes
# ([RFC 9110, 13.1.5](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5)).
#
# ## Conditions
#
# From now on the gateway has a cache: a store of copies. In the store is a page, `"v1"`, last changed at noon of
# 1 November 2024, and the copy is fresh. So the store answers for the upstream, and judges the conditions by its copy
# ([RFC 9111, 4.3.2](https://www.rfc-editor.org/rfc/rfc9111#section-4.3.2)). `asking` is a scenario that does this with
# any field lines:

# %%
await perform(exercise.asking(b'If-None-Match: "v1"\r\n'))

# %% [markdown]
# **Exercise:** which of these six conditions get a 304? Write their letters as a set, `{"a", "b"}`. They are performed
# when you run the cell.

# %%
conditions = {
    "a": b'If-None-Match: "v0", "v1"\r\n',
    "b": b'If-None-Match: W/"v1"\r\n',
    "c": b"If-None-Match: v1\r\n",
    "d": b'If-None-Match: "V1"\r\n',
    "e": b"If-Modified-Since: Fri, 01 Nov 2024 11:59:59 GMT\r\n",
    "f": b"If-Modified-Since: Sat, 02 Nov 2024 12:00:00 GMT\r\n",
}
table(("", "the client asks with"), *((letter, line.decode().strip()) for letter, line in conditions.items()))

# %% tags=["exercise"]
get_304 = ...
await exercise.gets_304(get_304, conditions)

# %% tags=["solution"]
get_304 = {"a", "b", "f"}
await exercise.gets_304(get_304, conditions)

# %% [markdown]
# `If-None-Match` holds a list, and one name of it is enough. Without quotation marks it is no entity tag. A tag is
# compared letter by letter, and a capital is another letter. `If-Modified-Since` asks whether the page was changed
# *after* this date ([RFC 9110, 13.1.3](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3)).
#
# ## Two conditions at once
#
# Many clients send both, the name and the date. What if they disagree? Here the name is wrong, `"v0"`, and the date is
# right. A 304, or the page?

# %% tags=["exercise"]
name_against_date = guess("The name is wrong, the date is right. Which status?", ...)
name_against_date

# %% tags=["solution"]
name_against_date = guess("The name is wrong, the date is right. Which status?", 200)
name_against_date

# %%
NOON = b"If-Modified-Since: Fri, 01 Nov 2024 12:00:00 GMT\r\n"
A_MONTH_BEFORE = b"If-Modified-Since: Tue, 01 Oct 2024 12:00:00 GMT\r\n"
wrong_name = await perform(exercise.asking(b'If-None-Match: "v0"\r\n', NOON))
wrong_date = await perform(exercise.asking(b'If-None-Match: "v1"\r\n', A_MONTH_BEFORE))
table(
    ("the name", "the date", "status"),
    ('wrong: "v0"', "right", wrong_name.status),
    ('right: "v1"', "too early", wrong_date.status),
)

# %%
reveal(name_against_date, wrong_name.status, "With a name at hand the date is not looked at.")

# %% [markdown]
# If there is an `If-None-Match`, `If-Modified-Since` must be ignored
# ([RFC 9110, 13.1.3](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3)). The whole order of precedence is in
# [RFC 9110, 13.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2):
#
# 1. `If-Match`, else `If-Unmodified-Since`: for the origin alone. If it is false: 412, unless it can be seen that the
#    change has been made already.
# 2. `If-None-Match`: if it is false, 304 for `GET` and `HEAD`, and 412 for other methods. Only where it is missing, and
#    only for `GET` and `HEAD`, comes `If-Modified-Since`: if it is false, 304.
# 3. `If-Range`, for a `GET` with `Range`: whether a part may be sent.
#
# Mind the directions. In 2 a condition is *false* where nothing has changed: "send it if none matches" is false if one
# does. In 1 it is the other way round: "change it if it is still this one" is false where it is another one by now.
#
# The 412 can be seen in `caching_304/create_only`: in request 2 a `PUT` with `If-None-Match: *` says "only if there is
# none yet", and there is one.

# %%
create = await perform("caching_304/create_only")
table(("request", "status", "made by"), *((n, e.status, e.made_by) for n, e in enumerate(create.exchanges, 1)))

# %% [markdown]
# ## What is in a 304
#
# A 304 ends with its header section: it cannot have content. Some fields must be in it, if the 200 would have had them
# ([RFC 9110, 15.4.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5)). They are those that name the copy and
# those that say how it may be used. **Exercise:** name the fields of this 200 that a 304 must have, too.

# %%
section = (
    b"HTTP/1.1 200 OK\r\n"
    b"Date: Mon, 04 Nov 2024 09:00:00 GMT\r\n"
    b"Server: example\r\n"
    b'ETag: "v1"\r\n'
    b"Content-Type: text/html\r\n"
    b"Content-Length: 12345\r\n"
    b"Cache-Control: max-age=60\r\n"
    b"Vary: Accept-Language\r\n"
    b"\r\n"
)
show.bytes(section)

# %% tags=["exercise"]
in_the_304 = ...  # such as {"Server", "Date"}
exercise.must_be_in_it(in_the_304, section)

# %% tags=["solution"]
in_the_304 = {"Date", "ETag", "Cache-Control", "Vary"}
exercise.must_be_in_it(in_the_304, section)

# %% [markdown]
# Why they matter: a 304 brings its fields to the stored copy
# ([RFC 9111, 4.3.4](https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4)). It can make an old copy fresh again, for as
# long as its `Cache-Control` says. And if somebody sends content behind a 304 all the same? Then these bytes belong to
# nobody:

# %%
await perform("stale_or_502/with_content[a client with a copy]")

# %% [markdown]
# ## Who has said it?
#
# There are two connections, and so there may be two different answers. A store may ask the upstream by the name of
# *its* copy, and a client may ask the store by the name of *its own*. Look at request 2 of each of these runs.

# %%
both_have_a_copy = await perform("caching_304/both_have_a_copy")
both_have_a_copy

# %%
too_old = await perform("caching_304/too_old")
too_old

# %%
both_ask = await perform("caching_304/both_ask")
both_ask

# %% [markdown]
# **Exercise:** in request 2 of each run, which status did the upstream send to the gateway, and which one did the
# client get? Where nothing was sent, write `None`.

# %% tags=["exercise"]
answers = {
    "both_have_a_copy": (..., ...),  # (from the upstream, to the client)
    "too_old": (..., ...),
    "both_ask": (..., ...),
}
exercise.on_both_connections(answers, {"both_have_a_copy": both_have_a_copy, "too_old": too_old, "both_ask": both_ask})

# %% tags=["solution"]
answers = {
    "both_have_a_copy": (None, 304),
    "too_old": (304, 200),
    "both_ask": (304, 304),
}
exercise.on_both_connections(answers, {"both_have_a_copy": both_have_a_copy, "too_old": too_old, "both_ask": both_ask})

# %% [markdown]
# So a 304 at the client does not prove that an origin was asked, and a 200 at the client does not prove that the origin
# has sent the page. `Age` and `Cache-Status` tell them apart: `hit` means that the store asked nobody,
# `fwd-status=304` that it asked and was told 304, `ttl` is what is left of the copy's lifetime in seconds
# ([RFC 9211, 2](https://www.rfc-editor.org/rfc/rfc9211#section-2)). Parts of a second are left out in `ttl` and `Age`.

# %%
runs = {"both_have_a_copy": both_have_a_copy, "too_old": too_old, "both_ask": both_ask}


def told(answer):
    """What the store says of an answer, but for its own name and its key."""
    return answer.cache_status.partition(";")[2].partition(";key")[0]


second_answers = {name: run.exchanges[1] for name, run in runs.items()}
table(
    ("request 2 of", "status", "made by", "Age", "Cache-Status"),
    *((name, e.status, e.made_by, dict(e.fields).get("age"), told(e)) for name, e in second_answers.items()),
)

# %% [markdown]
# ## When nobody is asked at all
#
# A copy is **fresh** while its age is less than its lifetime. Then it is used without asking. Afterwards it is
# **stale**, and the upstream is asked ([RFC 9111, 4.2](https://www.rfc-editor.org/rfc/rfc9111#section-4.2)). The age is
# counted from when the origin made or validated the answer. For the lifetime, the first of these that is there counts
# ([RFC 9111, 4.2.1](https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1)):
#
# 1. `s-maxage`, for shared caches alone, such as that of a gateway;
# 2. `max-age`;
# 3. `Expires`, less `Date`;
# 4. nothing of the kind: then a cache may guess, for a 200 and some others. Often it takes a tenth of the time since
#    `Last-Modified` ([RFC 9111, 4.2.2](https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2)).
#
# One word overrides all of them: `no-cache`. It stood in the first answers of this notebook. Such a copy may be kept,
# and is used only after asking ([RFC 9111, 5.2.2.4](https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.4)).
#
# Nobody has to wait here: the lab's clock is set. In the next run the second request comes 10 seconds after the first.

# %%
fetch_again = await perform("caching_304/fetch_again")
fetch_again

# %%
fetch_again.fields

# %% [markdown]
# **Exercise:** an answer says `Cache-Control: max-age=60, s-maxage=300`. How many seconds after it was made does the
# gateway's store ask again? (It is performed, one second before your answer, and at your answer.)

# %% tags=["exercise"]
seconds = ...
await exercise.stale_at(seconds, b"max-age=60, s-maxage=300")

# %% tags=["solution"]
seconds = 300
await exercise.stale_at(seconds, b"max-age=60, s-maxage=300")

# %% [markdown]
# A browser's cache is not shared. With the same answer it asks after a minute.
#
# And if nobody has said how long? In `caching_304/nothing_said` the page was last changed in 2010, and an hour has gone
# by:

# %%
nothing_said = await perform("caching_304/nothing_said")
table(
    ("request", "made by", "Age", "Cache-Status"),
    *((n, e.made_by, dict(e.fields).get("age"), told(e)) for n, e in enumerate(nothing_said.exchanges, 1)),
)

# %% [markdown]
# The store has made up a lifetime: see the first `ttl`. A tenth of the time since 2010 would be more than a year; this
# gateway never guesses more than a day. If you care how long your pages are kept, say a number.
#
# ## Where people go wrong
#
# These are confusions that people really report. Each has a story in the lab, and the next cell plays them all.

# %%
from lab.catalogue.causes import CAUSES
from lab.notebook.finding import cases_of

stories = {case.scenario.cause: case.name for case in reversed(cases_of("caching_304"))}
confusions = [cause for cause in CAUSES if cause.startswith("B") and cause in stories]
played = await perform_all([stories[cause] for cause in confusions])
table(
    ("", "what goes wrong", "story", "the last request got", "this gateway"),
    *(
        (cause, CAUSES[cause], run.name, f"{run.status}, made by the {run.made_by}", run.verdict)
        for cause, run in zip(confusions, played, strict=True)
    ),
)

# %% [markdown]
# The rows that are missing, B11, B12, B14 and B15, are about an upstream that fails in the moment of asking: that is
# where the next notebook begins.
#
# Take one that puzzles you, and read it: `show("caching_304/weak_is_enough")`, or `badgateway show` with its name.
#
# ## Summary
#
# - A 304 answers a conditional request: what you have is still good. It has no content, and is no error.
# - `If-None-Match` holds names, compared weakly; if it is there, `If-Modified-Since` is ignored.
# - A 304 must carry the fields that name the copy and say how long it may be used.
# - A 304 is made on one connection. Behind a 304 at the client there may be a store that asked nobody, and behind a 200
#   a store that was told 304.
# - A fresh copy is used without asking. Who says nothing about the lifetime lets every cache guess.
#
# ## Where to read on
#
# - [RFC 9110, 13](https://www.rfc-editor.org/rfc/rfc9110#section-13), Conditional Requests, and
#   [RFC 9111, 4](https://www.rfc-editor.org/rfc/rfc9111#section-4), Constructing Responses from Caches.
# - `badgateway show caching_304`: the chapter, and the order in which to read its stories.
# - `badgateway run caching_304/too_old -v`: one life of a copy, with every byte.
# - Next: [502 against 304](09_502_against_304.ipynb), where the upstream fails in the moment of asking.
