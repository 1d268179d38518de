# %% [markdown]
# # 1. The HTTP cycle, stage by stage
#
# You type an address, a page appears. Between the two lie four stages, and where a gateway stands in between, they
# happen twice. Each of them can fail in its own way.
#
# **Afterwards you can**
#
# - name the four stages, and say what each of them needs;
# - draw the two connections on the two sides of a gateway;
# - say what a failure at each stage looks like to the client;
# - say why a robot that checks a site sees only one end of the chain.
#
# About 30 minutes. Run the cells one after the other with Shift and Enter. Where you see three dots (`...`), it is
# your turn: write your answer in their place and run the cell again. Nothing here needs a network: client, gateway
# and upstream all run on your own machine.

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import the_http_cycle as exercise

# %% [markdown]
# ## Three parties
#
# A **client** wants a page: a browser, a robot, an app. It asks a **gateway** (also called a reverse proxy), which
# has no pages of its own. The gateway asks the **upstream**, the server behind it, and passes the answer back.
#
# Guess before you run anything. A guess that turns out wrong is worth more than a right one: you will remember it.

# %% tags=["exercise"]
connections = guess("One page, one gateway: how many connections does it take?", ...)
connections

# %% tags=["solution"]
connections = guess("One page, one gateway: how many connections does it take?", 2)
connections

# %% [markdown]
# Now perform it. `perform` starts a real upstream and a real gateway on this machine, asks as a client, and writes
# down every byte. The name is that of a story in the lab's catalogue.

# %%
run = await perform("first/all_is_well")
run

# %%
opened = {(event.hop, event.connection) for event in run.transcript.events if event.what == "opened"}
reveal(connections, len(opened), "One from the client to the gateway, one from the gateway to the upstream.")

# %% [markdown]
# The client never meets the upstream. *Client* and *server* are roles on one connection: towards the upstream the
# gateway is a client itself ([RFC 9110, 3.3](https://www.rfc-editor.org/rfc/rfc9110#section-3.3) and
# [3.7](https://www.rfc-editor.org/rfc/rfc9110#section-3.7)). So there are two requests, and two responses. Here is
# what the client sent, and then what the upstream received:

# %%
show.bytes(run, "client_sent")

# %%
show.bytes(run, "upstream_received")

# %% [markdown]
# Each row is a line as it went over the wire; `\r\n` is the end of a line. The first line is the request line. The
# others are **field lines**: a name, a colon, a value. The empty line at the end says: this was the header section.
#
# One client, one page: and yet the two requests are not the same. Find a field that the gateway added. Write its name
# in quotes, in place of the three dots.

# %% tags=["exercise"]
added = ...
exercise.added_by_the_gateway(added, run)

# %% tags=["solution"]
added = "Via"
exercise.added_by_the_gateway(added, run)

# %% [markdown]
# ## Four stages
#
# On each of the two connections the same four things happen, one after the other:
#
# 1. **name**: the name of the server is looked up, and gives an address;
# 2. **connection**: a connection to this address is established (and secured, where it is `https`);
# 3. **request**: the request is sent;
# 4. **response**: the response is waited for, and received.
#
# The standard tells it in this order, too: resolve the host identifier to an address, establish a connection, send a
# request, and act on the response ([RFC 9110, 4.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-4.3.2)).
#
# How long did each take just now? The lab uses addresses, so that nobody had to look a name up: that stage was not
# needed.

# %%
show.stages(run)

# %% [markdown]
# The client *waits* while the gateway does all of its work. To the client, the whole chain behind the gateway is one
# silence of a few milliseconds. Keep that in mind.

# %% tags=["exercise"]
order = ...  # a list of four words: ["...", "...", "...", "..."]
exercise.in_order(order)

# %% tags=["solution"]
order = ["name", "connection", "request", "response"]
exercise.in_order(order)

# %% [markdown]
# ## Behind the gateway, a link breaks
#
# Two connections with four stages each: the chain has eight links. Let one break. Nobody listens where the upstream
# should be, so that on the upstream connection already the second stage fails.

# %% tags=["exercise"]
nobody_there = guess("Which status code does the client see?", ...)
nobody_there

# %% tags=["solution"]
nobody_there = guess("Which status code does the client see?", 502)
nobody_there

# %%
run = await perform("first/nobody_home")
run

# %%
reveal(nobody_there, run.status, "The gateway had nothing to pass on, and says so itself.")

# %% [markdown]
# The client's own connection was perfect: all four stages succeeded there. What it got is a message *about* the other
# connection. 502 (Bad Gateway) is made for that: a server that acts as a gateway got no valid response from the
# server behind it ([RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3)).
#
# Why does it say no more? It does, in a field that few people look at
# ([RFC 9209, 2](https://www.rfc-editor.org/rfc/rfc9209#section-2)):

# %%
print(run.fields["Proxy-Status"])

# %% [markdown]
# The word after `error=` comes from a list that the standard keeps. Three more failures, each behind the gateway:

# %%
runs = await perform_all(["first/nobody_home", "timing/silence", "first/garbage"])
table(
    ("run", "what happens", "status", "error in Proxy-Status"),
    *((each.name, find(each.name).title, each.status, each.exchanges[-1].errors) for each in runs),
)

# %% [markdown]
# At which stage did the upstream connection break? If you are not sure, `runs[1]` in a new cell shows the picture of
# the second, and `show.stages(runs[1])` its stages (count from 0).

# %% tags=["exercise"]
broke_at = [..., ..., ...]  # "name", "connection", "request" or "response", for each run in the table
exercise.stages_that_failed(broke_at, runs)

# %% tags=["solution"]
broke_at = ["connection", "response", "response"]
exercise.stages_that_failed(broke_at, runs)

# %% [markdown]
# ## Every link, on both sides
#
# Now all of them: let every stage fail once, on either connection, and look at what the client gets each time.

# %% tags=["exercise"]
gateway_gone = guess("If nobody listens where the gateway should be: which status does the client see?", ...)
gateway_gone

# %% tags=["solution"]
gateway_gone = guess("If nobody listens where the gateway should be: which status does the client see?", "none")
gateway_gone

# %%
breaks = await break_each_stage()
breaks

# %%
gone = next(each for each in breaks.of("client connection") if each.failure.stage == "connection")
reveal(gateway_gone, gone.status or "none", "Nobody was there to write one.")

# %% [markdown]
# Read the table twice. First the rows of the client connection: where the first two stages fail, there is no HTTP at
# all. What a browser shows then, it has to make up by itself: no server said anything.
#
# Then the rows of the upstream connection. Almost all of them become numbers that begin with 5, and they come back
# over a client connection on which nothing failed. But look at the last row: the gateway had already passed on "200
# OK" when the page ended in the middle. A status that was sent cannot be taken back.

# %% tags=["exercise"]
side = ...  # on which connection must something fail so that the client sees a 502?
exercise.side_of_a_502(side, breaks)

# %% tags=["solution"]
side = "upstream connection"
exercise.side_of_a_502(side, breaks)

# %% [markdown]
# ## A robot sees one end
#
# Say that a site is watched by a robot: once a minute it asks for a page, and calls somebody when the answer is no
# good. A robot is a client. All it ever has is the client connection: it cannot see whether the upstream was silent,
# gone or talking nonsense, unless the gateway tells it.
#
# A simple robot calls a site healthy when the status is 200, and looks no further. It meets these:

# %%
watched = await perform_all(
    ["first/all_is_well", "first/nobody_home", "first/garbage", "first/broken_promise", "timing/silence"]
)
watched

# %% [markdown]
# (`outcome` is the lab's word for what reached the client; `show.word("cut-short")` explains one. `verdict` is about
# the gateway alone: it kept the rules of the standard each time, and could do nothing for the upstream.)

# %% tags=["exercise"]
healthy_by_mistake = ...  # a list: which of these does the robot call healthy though they are not?
exercise.called_healthy(healthy_by_mistake, watched)

# %% tags=["solution"]
healthy_by_mistake = ["first/broken_promise"]
exercise.called_healthy(healthy_by_mistake, watched)

# %% [markdown]
# And when it does get a 502, it does not know which link broke: the same number stands for an upstream that is gone
# and for one that talks nonsense. Its owner has to look at Proxy-Status, at the gateway's log, or at both
# connections, as you did here.
#
# ## Summary
#
# - Four stages: name, connection, request, response. Each needs the one before it.
# - With a gateway they happen twice, on two connections, and the client sees only the first.
# - Where the client connection fails, there may be no status at all. Where the upstream connection fails, the gateway
#   answers in place of the upstream: 502, or 504 when it has waited too long
#   ([RFC 9110, 15.6.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.5)).
# - Once "200 OK" is on its way, a failure can no longer become a status.
#
# ## Where to read on
#
# - [Your first 502, and who made it](02_your_first_502.ipynb), the next notebook.
# - On the command line: `badgateway tour`, `badgateway show connections`, `badgateway words gateway`.
# - [RFC 9110, 3.7](https://www.rfc-editor.org/rfc/rfc9110#section-3.7) on gateways and other intermediaries,
#   [RFC 9112, 9](https://www.rfc-editor.org/rfc/rfc9112#section-9) on connections.
