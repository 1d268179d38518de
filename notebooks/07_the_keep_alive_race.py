# %% [markdown]
# # 7. The keep-alive race, made certain
#
# Everything works. Once in a thousand requests there is a 502, and nobody finds out why. The upstream runs, its log is
# clean, and whoever tries it by hand sees nothing. This notebook makes this 502 happen each time.
#
# You will be able to
#
# - say why a gateway keeps connections to its upstream, and who may end one, and when;
# - explain how an innocent request gets a 502 although nobody has done anything wrong;
# - say which requests may be sent again automatically, how often, and why not all of them;
# - choose the idle time-outs of two servers so that there is no race between them.
#
# About 35 minutes. You should have seen [your first 502](02_your_first_502.ipynb).

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import the_keep_alive_race as exercise

# %% [markdown]
# ## A connection that stays
#
# Two clients ask a gateway for the same report, one after the other. The gateway asks its upstream each time. How many
# connections does the gateway open to the upstream?

# %% tags=["exercise"]
connections = guess("How many upstream connections are opened for two requests?", ...)
connections

# %% tags=["solution"]
connections = guess("How many upstream connections are opened for two requests?", 1)
connections

# %%
kept = await perform("reuse_races/two_on_one_connection")
kept

# %%
reveal(connections, kept.upstream_connections, "After the first answer both sides left the connection open.")

# %% [markdown]
# To open a connection takes time, so in HTTP/1.1 a connection stays open after an answer, unless somebody says `close`
# ([RFC 9112, 9.3](https://www.rfc-editor.org/rfc/rfc9112#section-9.3)). Such a connection is called *persistent*, or
# "keep-alive". As long as nothing is under way on it, it is *idle*.
#
# ## It cannot stay for ever
#
# Servers usually close a connection that has been idle for too long. Each side may choose its own time-out, and may
# close at any time ([RFC 9112, 9.5](https://www.rfc-editor.org/rfc/rfc9112#section-9.5)). Here the upstream does so,
# at `??`, and some time later an order comes:

# %%
idle = await perform("reuse_races/closed_while_idle")
idle

# %% [markdown]
# Nothing is lost. The end of the connection, a FIN, had reached the gateway long before the order came. So the gateway
# opened connection #2.
#
# ## They cross
#
# Now let both happen in the same moment. The upstream closes the idle connection. At the same time the gateway writes
# the next request on it. Each of them did what it may do. RFC 9112 describes exactly this: for the server an idle
# connection is being closed, for the other side a request is in progress
# ([9.5](https://www.rfc-editor.org/rfc/rfc9112#section-9.5)).
#
# In real life that is rare. In the lab it is certain: the upstream waits until the request is on the wire, and then it
# closes. The request is a GET. What does the client see?

# %% tags=["exercise"]
lost_get = guess("The connection ends under a GET. Which status does the client see?", ...)
lost_get

# %% tags=["solution"]
lost_get = guess("The connection ends under a GET. Which status does the client see?", 200)
lost_get

# %%
race_with_a_get = await perform("reuse_races/race_with_a_get[closed]")
race_with_a_get

# %%
reveal(lost_get, race_with_a_get.status, "Look at the upstream connections: the gateway did something by itself.")

# %% [markdown]
# The gateway has sent the request again, on connection #2. This is an automatic *retry*. The client noticed nothing.
# These are the bytes that the upstream received. **Exercise:** how many requests did it read in all?

# %%
show.bytes(race_with_a_get, "upstream_received")

# %% tags=["exercise"]
requests = ...
exercise.requests_read(requests, race_with_a_get)

# %% tags=["solution"]
requests = 3
exercise.requests_read(requests, race_with_a_get)

# %% [markdown]
# ## The same with an order
#
# The next request is no GET. It is an order: `POST /orders`, for one bicycle. The connection ends in the same way, in
# the same moment. What does the client see this time?

# %% tags=["exercise"]
lost_post = guess("The connection ends under a POST. Which status does the client see?", ...)
lost_post

# %% tags=["solution"]
lost_post = guess("The connection ends under a POST. Which status does the client see?", 502)
lost_post

# %%
race_with_a_post = await perform("reuse_races/race_with_a_post[closed]")
race_with_a_post

# %%
reveal(lost_post, race_with_a_post.status, "The gateway has asked once, and has not asked again.")

# %% [markdown]
# Why this caution? Perhaps the upstream has never read the order. Perhaps it has taken the order down, and only then
# closed. The gateway has seen the same in both cases: the end of the connection, and no byte of an answer. If it sent
# the order again, there might be two bicycles.
#
# The rule is [RFC 9110, 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2): some methods are *idempotent*,
# that is, to ask twice is meant to have the same effect as to ask once. These may be repeated automatically when a
# connection fails. A client should not repeat the others, unless it knows that to ask twice does no harm here, or that
# the first one was never applied; and a proxy must not.

# %%
show.word("idempotent")

# %% [markdown]
# ## Which methods?
#
# You need not believe it. Here is the race as a function of its method. It is the scenario from above, written in a
# cell:

# %%
OK = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n", b"\r\n", b"hello")


def race(method):
    """A connection that was kept ends while a request with this method is on it."""
    return Scenario(
        lesson="A request is lost with the connection that it was sent on.",
        guess="Is it sent again?",
        address=f"yours/race_with_{method.lower()}",
        acts=[
            Act(
                client=Get("/report"),
                upstream=[ReceiveRequest(), OK],
                expect=[Question("Is the first one answered?", Answers(200))],
            ),
            Act(
                client=Request(method, "/report"),
                upstream=Connections(
                    [ReceiveRequest(), Close(wrong="it closes while the request is on the wire", right=OK)],
                    otherwise=[ReceiveRequest(), OK],
                ),
                expect=[Question("Is it sent again?", Asked(2))],
            ),
        ],
        reports=["connection_terminated"],
        needs=["reuse"],
    )


races = await perform_all([race(method) for method in ("GET", "OPTIONS", "PUT", "DELETE", "POST")])
table(
    ("method", "the upstream was asked", "the client got", "made by"),
    *((run.transcript.asked[-1].method, run.exchanges[-1].upstream_requests, run.status, run.made_by) for run in races),
)

# %% [markdown]
# **Exercise:** which of these five were sent again? Write them as a set: `{"GET", ...}` with all names in it.

# %% tags=["exercise"]
repeated = ...
exercise.sent_again(repeated, races)

# %% tags=["solution"]
repeated = {"GET", "OPTIONS", "PUT", "DELETE"}
exercise.sent_again(repeated, races)

# %% [markdown]
# `PUT` and `DELETE` change something, and are idempotent all the same: to delete a page twice leaves it deleted.
#
# ## FIN or RST
#
# A connection can end in two ways. With a FIN a side says that it sends no more. With an RST it breaks off at once. In
# a real race people often see an RST: when a request reaches a connection that is fully closed already, the server's
# TCP answers it with a reset ([RFC 9112, 9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6)). Does that change
# anything?

# %%
await perform_all(["reuse_races/race_with_a_get", "reuse_races/race_with_a_post"])

# %% [markdown]
# Nothing. In `[closed]` the connection ends with a FIN, in `[reset]` with an RST. Neither of them says whether the
# request was read. Log files have different words for the two, such as "prematurely closed" and "connection reset by
# peer". The cause is the same.
#
# ## Once, and not twice
#
# The second try can fail, too. This upstream takes each request of the second client, and closes:

# %%
twice = await perform("reuse_races/race_lost_twice")
twice

# %% [markdown]
# After one retry the gateway gives up. A client should not automatically retry a failed automatic retry
# ([RFC 9110, 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)). One retry hides a race. Many retries hide
# an upstream that is ill, and they give it more work.
#
# The 502 says what happened: `connection_terminated` is the error type for a connection that was closed before the
# response was complete ([RFC 9209, 2.3.8](https://www.rfc-editor.org/rfc/rfc9209#section-2.3.8)).

# %%
twice.fields["Proxy-Status"]

# %% [markdown]
# ## Why it is so rare
#
# The race is lost only if a request is sent while the end of the connection is on its way. Say that an end takes 0.5
# milliseconds from the upstream to the gateway. Say that requests come to this connection at random, 4 in a second.
#
# **Exercise:** one closing in how many crosses a request? (How many requests come in 0.5 milliseconds?)

# %% tags=["exercise"]
one_closing_in = ...
exercise.one_in(one_closing_in, requests_per_second=4, milliseconds=0.5)

# %% tags=["solution"]
one_closing_in = 1 / (4 * 0.0005)
exercise.one_in(one_closing_in, requests_per_second=4, milliseconds=0.5)

# %% [markdown]
# Over a slower network the end travels longer, and it is less rare.
#
# ## What operators do about it
#
# Both sides have an idle time-out. People ask: whose should be the longer one? Let us try both. A client asks for a
# report, and 0.2 seconds later another one orders a bicycle. In between, somebody's patience ends.

# %%
from lab.gateways.reference import Reference


def an_order_later(upstream_waits):
    """The first connection idles for 0.2 seconds. The upstream closes it after so many seconds."""
    order = b"POST /orders HTTP/1.1\r\nHost: lab.test\r\nContent-Length: 11\r\n\r\none bicycle"
    return Scenario(
        lesson="Whoever sends the requests should be the one who closes.",
        guess="Who ends the first connection?",
        address=f"yours/upstream_waits_{upstream_waits}",
        acts=[
            Act(
                client=Get("/report"),
                upstream=Connections(
                    [ReceiveRequest(), OK, Until(ClientSees(b"hello")), Pause(upstream_waits), Close()],
                    otherwise=[ReceiveRequest(), OK],
                ),
                expect=[Question("Is it answered?", Answers(200))],
            ),
            Act(client=[Pause(0.2), Send(order)], expect=[Question("Is the order answered?", Answers(200))]),
        ],
        reports=[],
        needs=["reuse"],
    )


upstream_first = await perform(an_order_later(upstream_waits=0.1), gateway=Reference(idle=3.0))
gateway_first = await perform(an_order_later(upstream_waits=3.0), gateway=Reference(idle=0.1))

# %%
table(
    ("upstream's time-out", "gateway's time-out", "who ended connection 1", "connections", "the order got"),
    ("0.1 s", "3 s", exercise.ended_by(upstream_first), upstream_first.upstream_connections, upstream_first.status),
    ("3 s", "0.1 s", exercise.ended_by(gateway_first), gateway_first.upstream_connections, gateway_first.status),
)

# %% [markdown]
# Both times all went well, for the order came when the connection had been closed for a while. But in one of the two
# settings the order could have crossed the end, as in `reuse_races/race_with_a_post`. In the other one that cannot
# happen, whatever the moment. **Exercise:** whose idle time-out should be the *shorter* one, `"gateway"` or
# `"upstream"`?

# %% tags=["exercise"]
shorter = ...
exercise.shorter_one(shorter, upstream_first, gateway_first)

# %% tags=["solution"]
shorter = "gateway"
exercise.shorter_one(shorter, upstream_first, gateway_first)

# %% [markdown]
# So the upstream has to be the more patient one, and by enough to cover the way between them. Each program has a
# default of its own, and two defaults need not fit together. With a rare 502 of this kind, compare the two numbers
# before you look for anything else.
#
# An upstream can also say that it is about to close, in its last answer. **Exercise:** write the field line (as bytes,
# with its CR LF) by which the gateway of the next scenario learns that this answer is the last one on its connection.
# ([RFC 9112, 9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6) has it. What you write is performed: without the
# line the next order is lost.)

# %% tags=["exercise"]
my_line = ...
await exercise.announced(my_line)

# %% tags=["solution"]
my_line = b"Connection: close\r\n"
await exercise.announced(my_line)

# %% [markdown]
# ## Summary
#
# - Connections are kept because opening takes time. Either side may end an idle one, at any moment.
# - If the end crosses a request, the request is lost with the connection. Nobody has broken a rule.
# - A lost GET is sent again, once, and the client sees a 200. A lost POST is not, and the client sees a 502: nobody can
#   know whether it was carried out.
# - FIN or RST makes no difference to what the gateway knows.
# - Whoever sends the requests should be the first to close: the gateway's idle time-out for upstream connections is the
#   shorter one.
#
# ## Where to read on
#
# - [RFC 9112, 9.3.1](https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1), Retrying Requests, and
#   [RFC 9110, 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2), Idempotent Methods.
# - `badgateway show reuse_races`: the chapter, with what else can go wrong on a connection that was there before, such
#   as leftovers of one answer that poison the next one.
# - `badgateway list --causes`: the reports of real systems behind these stories; this one is A1.
# - Next: [304 from the beginning](08_304_from_the_beginning.ipynb).
