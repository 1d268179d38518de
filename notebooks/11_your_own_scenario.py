# %% [markdown]
# # 11. Write your own scenario, and break it differently
#
# Every story of the lab is one file that says what goes over the wire. You can write one: the bytes are yours, and
# they may be as wrong as you like. The lab then plays it, checks it, and tells you what a gateway made of it.
#
# **Afterwards you can**
#
# - write a scenario with one fault, and mark it;
# - say what the *control* is for, and why `right=` belongs to `wrong=`;
# - read what the lab says when a scenario is not right yet;
# - say what you expect, and on whose authority;
# - vary one value, and let an upstream react to what it is asked;
# - keep your scenario as a file.
#
# About 40 minutes, offline. It helps to have seen [Your first 502](02_your_first_502.ipynb).

# %%
from dataclasses import replace
from pathlib import Path

from lab import *
from lab.notebook import *
from lab.notebook.exercises import your_own_scenario as exercise

# %% [markdown]
# ## A scenario, from top to bottom
#
# Read it slowly; it is not long.
#
# - `lesson=` is the one sentence to take home, `guess=` the question to ask before.
# - `client=` is the request.
# - `upstream=` is a list of **steps**: what the upstream does, in order. The verbs are `ReceiveRequest`, `Receive`,
#   `Send`, `Pause`, `Until`, `StartTLS`, `Close`, `Reset` and `Stall`.
# - In `Send(...)` there is one argument for each line that goes over the wire. `NONCE` stands for a field line by which
#   the lab knows this answer again.
# - `wrong=` **marks** the one step that is at fault, and says in a sentence what is wrong with it. `right=` is the step
#   that would have been right.
# - `reports=` names the error types of RFC 9209 that fit this fault, and `expect=` says what to look for. More of both
#   below.

# %%
too_short = Scenario(
    title="An answer that stops too early.",
    lesson="A 200 is a promise, not a proof: count the bytes.",
    guess="Which status code does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Content-Length: 20\r\n",
            b"\r\n",
            b"hello",
        ),
        Close(wrong="15 bytes are missing", right=Send(b", how are you? ")),
    ],
    reports=["http_response_incomplete"],
    expect=[Question("Is it a 502?", Answers(502))],
)

# %% tags=["exercise"]
short = guess("Which status code does the client see?", ...)
short

# %% tags=["solution"]
short = guess("Which status code does the client see?", 200)
short

# %%
run = await perform(too_short)
run

# %%
reveal(short, run.status, "What was good went out before what was wrong came.")

# %% [markdown]
# The mark is in the picture: the lab watched whether the marked step really took effect. If it had not, the run would
# be *not tested* (inconclusive): a fault that never happened proves nothing about a gateway.
#
# ## The control
#
# `right=` says what would have been right in place of the marked step. From it the lab makes a second scenario, the
# **control**: the same story, repaired. It is played, too, each time. This is the difference:

# %%
show.difference(too_short)

# %%
run.repaired

# %% [markdown]
# Why play it at all? Imagine that the gateway answers 502 to the faulty story. Is it because of the fault? Only if
# the same gateway passes the repaired one on. If the control does not come through, something else is wrong, perhaps
# a second fault that you did not notice, and the lab says nothing about the gateway.
#
# ## Errors that the lab gives
#
# A scenario is checked before anything is played. Each mistake is one line, with the cell and the line where it is.
# Try this one. What is wrong? The header section says 5, and 5 bytes come.

# %%
try:
    await perform(
        replace(
            too_short,
            upstream=[
                ReceiveRequest(),
                Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n", b"\r\n", b"hello"),
                Close(wrong="15 bytes are missing", right=Send(b"!")),
            ],
        )
    )
except Problem as problem:
    print(problem)

# %% [markdown]
# The lab reads the bytes, as a recipient would read them. Where you say `wrong=` and the bytes are a valid, complete
# answer, it tells you; and also where the repaired ones are not.
#
# Here is a scenario with two mistakes in it. Find them one by one: mend what the lab tells you, run it again, mend
# the next. (In place of the dots goes the status line that is missing; the other mistake is for you to find.)

# %% tags=["exercise"]
status_line = ...  # bytes: b"HTTP/..."
content_length = b"Content-Length: 5\r\n"
my_answer = [status_line, content_length, b"\r\n", b"hello, how are you?"]
await exercise.a_whole_answer(my_answer)

# %% tags=["solution"]
status_line = b"HTTP/1.1 200 OK\r\n"
content_length = b"Content-Length: 19\r\n"
my_answer = [status_line, content_length, b"\r\n", b"hello, how are you?"]
await exercise.a_whole_answer(my_answer)

# %% [markdown]
# ## Break it differently
#
# Now a fault of your own. Take the whole answer, and break it in any way that you like, but in one way only. Some
# ideas: a space before the colon of a field line; two different lengths; a status that is no number; no empty line;
# `Reset()` in place of an end; silence (`Stall()`).
#
# Write a whole `Scenario(...)`: copy the one from above, and change it. The fault has to be marked with `wrong=`, the
# step needs a `right=`, and the control must come through. If nothing in RFC 9209's list names your fault, take
# `reports=["http_protocol_error"]`.

# %% tags=["exercise"]
my_scenario = ...
await exercise.one_marked_fault(my_scenario)

# %% tags=["solution"]
my_scenario = Scenario(
    title="A space before the colon.",
    lesson="One space too many, and a gateway may have to refuse the whole answer.",
    guess="Which status code does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n", NONCE),
        Send(
            b"Content-Length : 5\r\n",
            wrong="white space between the name and the colon",
            right=Send(b"Content-Length: 5\r\n"),
        ),
        Send(b"\r\n", b"hello"),
    ],
    reports=["http_protocol_error"],
    expect=[Question("Is it a 502?", Answers(502))],
)
await exercise.one_marked_fault(my_scenario)

# %% [markdown]
# ## What do you expect, and who says so?
#
# A `Question` only wants to know. When a standard says what a gateway has to do, an **expectation** says it, with its
# clause, and the run gets a verdict. `Must`, `MustNot`, `Should` and `ShouldNot` stand for sentences with these
# keywords; `Follows` for what follows from clauses without a keyword, and says why; `Fitting` for what suits the
# definition of a status.
#
# For the answer that stops too early: content shorter than its Content-Length is incomplete
# ([RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3) and
# [8](https://www.rfc-editor.org/rfc/rfc9112#section-8)). So it must never look complete to the client. A clause is
# written `RFC(9112, "8")`; one that does not exist is an error.

# %%
judged = await perform(
    replace(
        too_short,
        expect=[
            Follows(
                "it never looks complete", Not(Disguised()), [RFC(9112, "6.3"), RFC(9112, "8")], "it is incomplete"
            ),
            Question("Is it a 502?", Answers(502)),
        ],
    )
)
show.expectations(judged)

# %% [markdown]
# Now you. The 502 of `first/nobody_home` is made by the gateway itself. Write a condition that holds for it and
# does *not* hold for `first/broken_promise`. The conditions you can use: `Answers(502)`, `MadeBy("gateway")`,
# `Complete()`, `Reports("connection_refused")`, and around them `Not(...)` and `Either(..., ...)`.

# %% tags=["exercise"]
my_condition = ...
await exercise.tells_them_apart(my_condition)

# %% tags=["solution"]
my_condition = MadeBy("gateway")
await exercise.tells_them_apart(my_condition)

# %% [markdown]
# ## One value, several variants
#
# How many bytes have to be missing for a gateway to notice? `vary=` names the values, and `upstream` becomes a
# function of one value. Exactly one step may differ between the variants; the lab holds you to that.


# %%
def cut_after(count):
    return [
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 20\r\n", b"\r\n"),
        Send(
            b"hello, how are you? "[:count],
            wrong="the content is cut",
            right=Send(b"hello, how are you? "),
        ),
        Close(),
    ]


cuts = replace(too_short, upstream=cut_after, vary={"one byte came": 1, "half came": 10, "one byte is missing": 19})
runs = await perform_all(cuts, gateway=["reference", "reference-buffer"])
runs

# %% [markdown]
# What decides: how much is missing, or which gateway it is?

# %% tags=["exercise"]
decides = ...  # "how much" or "which gateway"
exercise.what_decides(decides, runs)

# %% tags=["solution"]
decides = "which gateway"
exercise.what_decides(decides, runs)

# %% [markdown]
# ## An upstream that reacts
#
# Steps may also come from a generator: a function with `yield`. Then the upstream can look at what it was asked. Here
# it sends back as content the value of the request's `Via`, so that the client sees what the gateway had written
# there.


# %%
def tells_what_it_heard():
    request = yield ReceiveRequest()
    heard = request.get(b"via") or b"no Via"
    yield Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: %d\r\n" % len(heard), b"\r\n", heard)


heard = await play(tells_what_it_heard)
heard.content

# %% [markdown]
# ## Keep it
#
# A scenario that is worth keeping becomes a file: its docstring tells the title and the story, and then comes
# `scenario = Scenario(...)`. `badgateway new mine/too_short.py` writes such a file for you to change. Here it is done
# from the notebook. The folder is the chapter, and the path is the scenario's name.

# %%
text = '''"""The upstream hangs up.

It reads the request and closes the connection, without a word. Whose fault is it, and who says so?
"""

from lab import *

scenario = Scenario(
    lesson="No answer is no status: the 502 that you see was made by the gateway.",
    guess="Which status code does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Close(
            wrong="no byte of an answer",
            right=Send(b"HTTP/1.1 200 OK\\r\\n", NONCE, b"Content-Length: 5\\r\\n", b"\\r\\n", b"hello"),
        ),
    ],
    reports=["connection_terminated"],
    expect=[Fitting("it is a 502", Answers(502), RFC(9209, "2.3.8"))],
)
'''
file = Path("mine") / "hangs_up.py"
file.parent.mkdir(exist_ok=True)
if not file.exists():
    file.write_text(text, encoding="utf-8")
await perform(str(file))

# %% [markdown]
# In a terminal, in this folder, the same file is played with `badgateway run mine/hangs_up.py`, and a folder of your
# own chapters with `badgateway run --scenarios DIR`. To send a scenario to the lab, put it into its folder of
# scenarios: one file is all it takes, and every test of the lab is held against it.
#
# ## Summary
#
# - A scenario is a value: what the client asks, what the upstream does step by step, and one marked fault.
# - The control shows that it is the fault that does it. Without it no run says anything about a gateway.
# - The bytes are read and judged, too: the lab tells you when a fault is none, or when there are two.
# - An expectation says how firmly, what, and on whose authority. A question only wants to know.
#
# ## Where to read on
#
# - `badgateway new --from first/broken_promise mine/another.py` begins with a copy of a story of the catalogue.
# - `badgateway show first/broken_promise`: what a scenario looks like to others.
# - `badgateway words scenario`, `badgateway words control`, `badgateway words expectation`.
# - [RFC 9209, 2.3](https://www.rfc-editor.org/rfc/rfc9209#section-2.3): the words for `reports=`.
