# %% [markdown]
# # 2. Your first 502, and who made it
#
# "502 Bad Gateway" is a strange sentence. It comes from a gateway, it calls a gateway bad, and it speaks of neither
# you nor the one who broke. Here you make some, and learn to ask the three questions that sort them out.
#
# **Afterwards you can**
#
# - answer three questions about any response: *what did I get, who made it, could I have told?*
# - tell a 502 that the gateway made from one that the upstream wrote;
# - read the field Proxy-Status;
# - say why the same failure is sometimes a 502 and sometimes a 200.
#
# About 30 minutes, offline. [The HTTP cycle](01_the_http_cycle.ipynb) comes before it.

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import your_first_502 as exercise

# %% [markdown]
# ## An upstream that talks nonsense
#
# The program behind the gateway has crashed, and what comes over the connection is its last words. Here is the story,
# as the catalogue tells it:

# %%
show.story("first/garbage")

# %% tags=["exercise"]
nonsense = guess("Which status code does the client see?", ...)
nonsense

# %% tags=["solution"]
nonsense = guess("Which status code does the client see?", 502)
nonsense

# %%
garbage = await perform("first/garbage")
garbage

# %%
reveal(nonsense, garbage.status, "The gateway could not pass on what it got: it is no response.")

# %% [markdown]
# Below the picture stand the three answers. They are worth a habit:
#
# - **You got**: what came over the client connection, and nothing else.
# - **Who made it**: the gateway, the upstream, or a store of earlier answers.
# - **Could you tell?** Whether anything in these bytes shows that something went wrong.
#
# Now hold the bytes against it. First what the upstream sent, then what the client received:

# %%
show.bytes(garbage, "upstream_sent")

# %%
show.bytes(garbage)

# %% [markdown]
# The upstream's words were not passed on; the gateway only quotes the first two letters. It wrote all of this by
# itself: a status line, field lines, an empty line, and content for a human.
#
# The standard says what 502 means: the server, acting as a gateway, "received an invalid response from an inbound
# server" ([RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3)); the inbound server is the one
# behind it, here the upstream. So the bad one is *behind* the gateway that says it.
#
# What exactly was invalid stands in the field Proxy-Status
# ([RFC 9209, 2.1.1](https://www.rfc-editor.org/rfc/rfc9209#section-2.1.1)). What is the error type?

# %%
print(garbage.fields["Proxy-Status"])

# %% tags=["exercise"]
error_type = ...  # one word, in quotes
exercise.error_named(error_type, garbage)

# %% tags=["solution"]
error_type = "http_protocol_error"
exercise.error_named(error_type, garbage)

# %% [markdown]
# ## A 502 from further behind
#
# The next upstream is itself a gateway, and has trouble with somebody behind *it*. It says so, in HTTP without a
# fault. This time the scenario is written right here. `upstream=` lists its steps: it receives a request, then sends
# these bytes.

# %%
from_behind = Scenario(
    title="A 502 from further behind.",
    lesson="The status says what failed; it does not say who says so.",
    guess="Who made this 502?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 502 Bad Gateway\r\n",
            NONCE,  # a field line by which the lab knows this answer again
            b"Proxy-Status: inner.example; error=connection_refused\r\n",
            b"Content-Length: 18\r\n",
            b"\r\n",
            b"Nobody behind me.\n",
        ),
    ],
    reports=[],  # nothing is wrong with these bytes
    expect=[Question("Is it a 502?", Answers(502))],
)

# %% tags=["exercise"]
inner = guess("Who makes the 502 that the client sees: gateway or upstream?", ...)
inner

# %% tags=["solution"]
inner = guess("Who makes the 502 that the client sees: gateway or upstream?", "upstream")
inner

# %%
relayed = await perform(from_behind)
relayed

# %%
reveal(inner, relayed.made_by, "Our gateway got a valid response, and passed it on.")

# %% [markdown]
# Two answers with the same number, side by side:

# %%
runs = [garbage, relayed]
table(
    ("run", "status", "content begins", "Proxy-Status names"),
    *((run.name, run.status, run.content[:28], run.fields["Proxy-Status"].partition(";")[0]) for run in runs),
)

# %% tags=["exercise"]
makers = [..., ...]  # for each run of the table: "gateway" or "upstream"
exercise.who_made_them(makers, runs)

# %% tags=["solution"]
makers = ["gateway", "upstream"]
exercise.who_made_them(makers, runs)

# %% [markdown]
# In a chain of several gateways each may add itself to Proxy-Status. The first member of the list is the one closest
# to the origin ([RFC 9209, 2](https://www.rfc-editor.org/rfc/rfc9209#section-2)). Without that field, the content may
# tell, as it does here.
#
# ## The 502 that did not come
#
# Now an upstream that begins well. It promises 20 bytes, sends 5, and closes the connection.

# %%
show.script("first/broken_promise")

# %% tags=["exercise"]
promise = guess("Which status code does the client see?", ...)
promise

# %% tags=["solution"]
promise = guess("Which status code does the client see?", 200)
promise

# %%
broken = await perform("first/broken_promise")
broken

# %%
reveal(promise, broken.status, "It was passed on before anything was wrong.")

# %% [markdown]
# Did you guess 502? Where no response comes, the gateway can write one of its own. Where a response *stops coming*, it
# no longer can: the first line is on the way already. All that is left is to end the client connection so that the
# client can tell. A content shorter than its Content-Length is incomplete, and a client must record it as
# incomplete ([RFC 9112, 8](https://www.rfc-editor.org/rfc/rfc9112#section-8)).
#
# Now you are the client. Another upstream breaks its promise (`play` has one take just the steps that you write), and
# this is what you receive. How many bytes of the content are missing?

# %%
half = await play(
    [
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 33\r\n", b"\r\n", b"And the murderer is"),
        Close(),
    ]
)
show.bytes(half)

# %% tags=["exercise"]
missing = ...  # a number
exercise.bytes_missing(missing, half)

# %% tags=["solution"]
missing = 33 - len(b"And the murderer is")
exercise.bytes_missing(missing, half)

# %% [markdown]
# ## The same bytes, another gateway
#
# Some gateways pass on nothing before they have it all: they *buffer*. The lab's own gateway can do that, too, under
# the name `reference-buffer`. The upstream is the same, byte for byte.

# %% tags=["exercise"]
buffered = guess("And now: which status code does the client see?", ...)
buffered

# %% tags=["solution"]
buffered = guess("And now: which status code does the client see?", 502)
buffered

# %%
held_back = await perform("first/broken_promise", gateway="reference-buffer")
held_back

# %%
reveal(buffered, held_back.status, "Nothing had gone out yet: it could still say so.")

# %% [markdown]
# So the status does not follow from the failure alone. It follows from *how far the gateway had got* when the failure
# came. Is buffering better then? It costs: the client waits until all is there, and the gateway must keep it
# somewhere.
#
# ## Your turn
#
# Write the steps of an upstream so that the **gateway** answers 502. The steps you can use are `ReceiveRequest()`,
# `Send(b"...", b"...")`, `Close()` (it says goodbye), `Reset()` (it hangs up). Lines end with `\r\n`, and an empty
# line ends the header section.

# %% tags=["exercise"]
my_upstream = [...]
await exercise.makes_a_502(my_upstream)

# %% tags=["solution"]
my_upstream = [
    ReceiveRequest(),
    Send(b"HTTP/1.1 200 OK\r\n", b"Content-Le"),
    Close(),
]
await exercise.makes_a_502(my_upstream)

# %% [markdown]
# And now the other one: an upstream so that the client gets 200, and can tell that the answer is not whole. Do it in
# another way than above, if you can.

# %% tags=["exercise"]
my_upstream = [...]
await exercise.makes_a_cut_200(my_upstream)

# %% tags=["solution"]
my_upstream = [
    ReceiveRequest(),
    Send(b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked\r\n", b"\r\n", b"5\r\nhello\r\n"),
    Reset(),
]
await exercise.makes_a_cut_200(my_upstream)

# %% [markdown]
# ## Summary
#
# - A 502 is a gateway's word about somebody behind it. Ask which gateway: Proxy-Status, or the content, may tell.
# - Three questions sort out every answer: what did I get, who made it, could I have told?
# - The status is decided when the header section goes out. What breaks later cannot become a 502 any more, except
#   where the gateway had held everything back.
# - So a 200 is a promise, not a proof: count the bytes.
#
# ## Where to read on
#
# - [Malformed headers](03_malformed_headers.ipynb): what makes a response invalid;
#   [Truncated bodies](04_truncated_bodies.ipynb): all the ways in which one can stop.
# - `badgateway show first/garbage`, `badgateway run first/broken_promise -v`, `badgateway list --causes`.
# - [RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3),
#   [RFC 9209, 2.3](https://www.rfc-editor.org/rfc/rfc9209#section-2.3) (all the error types),
#   [RFC 9112, 8](https://www.rfc-editor.org/rfc/rfc9112#section-8) (incomplete messages).
