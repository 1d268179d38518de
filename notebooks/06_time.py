# %% [markdown]
# # 6. Time
#
# Nothing in this notebook is wrong with any byte. What is wrong is *when* the bytes come, or that they do not.
#
# **Afterwards you can**
#
# - tell 502 from 504, and say what had to happen for each;
# - name the clocks that a gateway needs, and the word that it reports for each;
# - say why a time-out in the middle of the content cannot become a 504;
# - say after which failure an order may have been carried out all the same.
#
# About 35 minutes. Run the cells in order. Where you see three dots (`...`), it is your turn. The clocks of the lab's
# gateway are short: 0.25 seconds for each silence, and 0.75 for a whole answer. Outside the lab they are longer; the
# standard names no number.

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import timing as exercise
from lab.rfc import ERROR_TYPES

# %% [markdown]
# ## Silence, or hanging up
#
# Two upstreams have read the request, and neither answers it. One closes the connection. The other leaves it open and
# says nothing. For the client it is the same misfortune. Is it the same number?

# %% tags=["exercise"]
hangs_up = guess("The upstream hangs up: which status code does the client see?", ...)
hangs_up

# %% tags=["solution"]
hangs_up = guess("The upstream hangs up: which status code does the client see?", 502)
hangs_up

# %% tags=["exercise"]
says_nothing = guess("The upstream says nothing: which status code does the client see?", ...)
says_nothing

# %% tags=["solution"]
says_nothing = guess("The upstream says nothing: which status code does the client see?", 504)
says_nothing

# %%
closed = await perform("timing/silence_or_hang_up[hangs up]")
closed

# %%
silent = await perform("timing/silence_or_hang_up[says nothing]")
silent

# %%
reveal(hangs_up, closed.status, "An end without an answer is no valid response.")

# %%
reveal(says_nothing, silent.status, "There was neither an answer nor an end, and the gateway's time was over.")

# %% [markdown]
# In each of the two definitions, one word decides. 502: the gateway "received an *invalid* response"
# ([RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3)). 504: it "did not receive a *timely*
# response" ([RFC 9110, 15.6.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.5)).
#
# Exercise 1. How long did the client wait in front of the silent upstream? Here is where its time went:

# %%
show.stages(silent)

# %% tags=["exercise"]
milliseconds = ...
exercise.waited(milliseconds, silent)

# %% tags=["solution"]
milliseconds = exercise.took(silent)
exercise.waited(milliseconds, silent)

# %% [markdown]
# And in front of the one that hung up? A refusal is fast, silence is slow:

# %%
refused = await perform("first/nobody_home")
unanswered = await perform("connections/black_hole")
happened = {
    "the connection is refused": refused,
    "nobody answers to the connection": unanswered,
    "the upstream hangs up": closed,
    "the upstream says nothing": silent,
}
table(
    ("what happened", "status", "error type", "milliseconds"),
    *((says, run.status, run.exchanges[-1].errors, round(exercise.took(run))) for says, run in happened.items()),
)

# %% [markdown]
# Nobody sends silence. There is no byte that says "I shall not answer". So whoever waits has to decide alone when to
# stop, and pays for that decision with time.
#
# ## One clock for each wait
#
# A gateway waits for many things, one after the other: for the connection, for the TLS handshake, until the upstream
# has taken the request, for the first byte, for the next byte, for the end. Each wait needs a clock. The standard has
# words for what a gateway reports when one of them strikes; all of them go with a 504:

# %%
words = ["connection_timeout", "connection_write_timeout", "connection_read_timeout", "http_response_timeout"]
kinds = [ERROR_TYPES[word] for word in words]
table(("error type", "status", "when", "clause"), *((kind.name, kind.status, kind.when, kind.clause) for kind in kinds))

# %% [markdown]
# Exercise 2. Six upstreams fail in time, each in another phase. Which word will the gateway use?

# %%
names = [
    "connections/black_hole",
    "tls/silence_in_the_handshake",
    "timing/never_reads",
    "timing/silence",
    "timing/silence_in_the_header_section",
    "timing/slow_header_section",
]
table(("name", "in one line"), *((name, find(name).title) for name in names))

# %% tags=["exercise"]
my_words = {
    "connections/black_hole": ...,  # one of the four words, in quotes
    "tls/silence_in_the_handshake": ...,
    "timing/never_reads": ...,
    "timing/silence": ...,
    "timing/silence_in_the_header_section": ...,
    "timing/slow_header_section": ...,
}
await exercise.error_types(my_words, names)

# %% tags=["solution"]
my_words = {
    "connections/black_hole": "connection_timeout",
    "tls/silence_in_the_handshake": "connection_timeout",
    "timing/never_reads": "connection_write_timeout",
    "timing/silence": "connection_read_timeout",
    "timing/silence_in_the_header_section": "connection_read_timeout",
    "timing/slow_header_section": "http_response_timeout",
}
await exercise.error_types(my_words, names)

# %% [markdown]
# The last one is worth a look. It sends a letter, waits a little, sends a letter. No wait is long, so the clock that
# starts anew with each byte never strikes. Another clock runs through:

# %%
trickle = await perform("timing/slow_header_section")
show.stages(trickle)

# %% [markdown]
# ## Too late for a 504
#
# Now the upstream sends a good header section and five bytes of twenty. Then it falls silent.

# %% tags=["exercise"]
halfway = guess("200 and five bytes have come, then silence: which status code does the client see?", ...)
halfway

# %% tags=["solution"]
halfway = guess("200 and five bytes have come, then silence: which status code does the client see?", 200)
halfway

# %%
cut = await perform("timing/silence_in_the_content")
cut

# %%
reveal(halfway, cut.status, "It had been passed on. To break off is all the honesty that is left.")

# %% [markdown]
# A recipient that times out before the last byte must take the message for incomplete, and close
# ([RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3), the sixth rule). The gateway does that on both
# sides. A clock decides *that* it is over; the moment decides *what it looks like*.
#
# ## Every time-out is a guess
#
# During a silence, *late* and *never* look the same. Here is an upstream that takes a tenth of a second to think:

# %%
await perform("timing/late_but_in_time")

# %% [markdown]
# With a clock of 0.05 seconds this good answer would have been thrown away. With one of ten minutes, clients would
# sit in front of a dead upstream for ten minutes. There is no right number.
#
# Exercise 3. Five upstreams, written down step by step. `Pause(0.1)` is a silence of 0.1 seconds. The gateway's
# clocks: 0.25 seconds for the first byte, 0.25 between bytes, 0.75 for the whole. The last of them sends the words
# `very slow` one letter at a time. Which status does each client get?

# %%
status_line = b"HTTP/1.1 200 OK\r\n"
fields = b"Content-Length: 5\r\n\r\n"
scripts = {
    "thinks for 0.1 s": [ReceiveRequest(), Pause(0.1), Send(status_line, fields, b"hello")],
    "thinks for 0.5 s": [ReceiveRequest(), Pause(0.5), Send(status_line, fields, b"hello")],
    "says 200, then thinks": [ReceiveRequest(), Send(status_line), Pause(0.5), Send(fields, b"hello")],
    "says all but hello, then thinks": [ReceiveRequest(), Send(status_line, fields), Pause(0.5), Send(b"hello")],
    "a letter every 0.1 s": [
        ReceiveRequest(),
        Send(status_line, b"Speed: "),
        *(step for number in b"very slow" for step in (Pause(0.1), Send(bytes([number])))),
        Send(b"\r\n", fields, b"hello"),
    ],
}

# %% tags=["exercise"]
my_statuses = {
    "thinks for 0.1 s": ...,
    "thinks for 0.5 s": ...,
    "says 200, then thinks": ...,
    "says all but hello, then thinks": ...,
    "a letter every 0.1 s": ...,
}
await exercise.clocks(my_statuses, scripts)

# %% tags=["solution"]
my_statuses = {
    "thinks for 0.1 s": 200,
    "thinks for 0.5 s": 504,
    "says 200, then thinks": 504,
    "says all but hello, then thinks": 200,
    "a letter every 0.1 s": 504,
}
await exercise.clocks(my_statuses, scripts)

# %% [markdown]
# ## Who gives up first?
#
# Clients have clocks, too. This one waits for 0.1 seconds and then hangs up rudely. Its steps are written down like
# an upstream's:

# %%
impatient = [Send(b"GET /report HTTP/1.1\r\nHost: lab.test\r\n\r\n"), Pause(0.1), Reset()]
gave_up = await play([ReceiveRequest(), Stall()], client=impatient)
show.transcript(gave_up)

# %% [markdown]
# It is gone before the gateway's clock strikes. No answer has come to it, and a 504 would be for nobody.
#
# ## The answer that comes too late
#
# And if the upstream does answer, after the gateway has given up? Look at the second request, and at the connection
# that it takes:

# %%
late = await perform("timing/too_late")
late

# %% [markdown]
# The number behind `#` counts the connections on each side of the gateway. HTTP/1.1 has no numbers on requests and
# answers: they belong together by their order on the connection alone
# ([RFC 9112, 9.2](https://www.rfc-editor.org/rfc/rfc9112#section-9.2)). On the old connection the next answer would
# have been the one to the *first* request. So who gives up must close.
#
# ## May I ask again?
#
# Three clients order one bicycle each, and each gets an error. The first upstream refuses the connection. The second
# reads the order and says nothing. The third reads it and hangs up.

# %%
order = Request("POST", "/orders", content=b"one bicycle")
orders = {
    "refused": await play(Refuse(), client=order),
    "says nothing": await play([ReceiveRequest(), Stall()], client=order),
    "hangs up": await play([ReceiveRequest(), Close()], client=order),
}
table(
    ("upstream", "status", "error type"),
    *((name, run.status, run.exchanges[-1].errors) for name, run in orders.items()),
)

# %% [markdown]
# Exercise 4. Of which orders may the upstream have delivered a bicycle? (`show.bytes(orders["refused"],
# "upstream_received")` shows what it received.)

# %% tags=["exercise"]
delivered = {"refused": ..., "says nothing": ..., "hangs up": ...}  # True or False
exercise.perhaps_done(delivered, orders)

# %% tags=["solution"]
delivered = {"refused": False, "says nothing": True, "hangs up": True}
exercise.perhaps_done(delivered, orders)

# %% [markdown]
# So the status does not say whether it is safe to ask again: two of these are 502s, and only one of them is safe. The
# error type says more. For GET it does not matter: to ask twice has the effect of asking once, and it may be repeated
# automatically. A request like this order should not be, unless there is some means to know that the first was never
# applied ([RFC 9110, 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)).
#
# ## Slow, and whole
#
# Exercise 5. Write an upstream whose answer takes at least half a second and comes through whole, past all three
# clocks.

# %% tags=["exercise"]
my_upstream = [...]
await exercise.slow_and_whole(my_upstream)

# %% tags=["solution"]
my_upstream = [
    ReceiveRequest(),
    Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n", b"\r\n"),
    *(step for letter in (b"h", b"e", b"l", b"l", b"o") for step in (Pause(0.11), Send(letter))),
]
await exercise.slow_and_whole(my_upstream)

# %% [markdown]
# ## Summary
#
# - 502: a bad response, or an end without one. 504: the time was over before one came.
# - A refusal is fast and says something. Silence is slow and says nothing: only a clock ends it, and each clock is a
#   guess.
# - One clock for each wait, and one that runs through, or a trickle fools them all.
# - Once the header section has been passed on, a time-out is a cut 200.
# - Who gives up must close the connection, and does not know whether the request was carried out.
#
# ## Where to read on
#
# - [The keep-alive race](07_the_keep_alive_race.ipynb): when two clocks strike at the same time.
# - `badgateway tour timing`, `badgateway run timing/endless_content -v`, `badgateway words time-out`.
# - [RFC 9110, 15.6.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.5),
#   [RFC 9209, 2.3.9](https://www.rfc-editor.org/rfc/rfc9209#section-2.3.9) and the next two,
#   [RFC 9112, 9.5](https://www.rfc-editor.org/rfc/rfc9112#section-9.5) (failures and time-outs).
