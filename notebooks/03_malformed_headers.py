# %% [markdown]
# # 3. Malformed headers
#
# An answer begins with a few lines of text, and everything behind them is understood by what stands there. One byte
# too many in these lines, and two programs read the same answer differently.
#
# **Afterwards you can**
#
# - read a header section byte by byte, and say where it ends;
# - say of a damage whether a gateway must refuse it, may repair it, or may choose;
# - say why "everybody can see what is meant" is not enough;
# - read out of a 502 which byte was wrong, and whose it was.
#
# About 40 minutes. Run the cells in order. Where you see three dots (`...`), it is your turn.

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import malformed_headers as exercise

# %% [markdown]
# ## One space
#
# Here is an answer with one space too many. Read the story, then guess.

# %%
show.story("malformed_headers/space_before_colon")

# %% tags=["exercise"]
space = guess("One space before a colon: which status code does the client see?", ...)
space

# %% tags=["solution"]
space = guess("One space before a colon: which status code does the client see?", 502)
space

# %% [markdown]
# We shall come back to it. First: what should stand there?
#
# ## What a header section is
#
# Below is a whole answer, as bytes. `\r` is the byte CR (number 13), `\n` is the byte LF (number 10); together they
# end a line. So there are four kinds of things, in this order
# ([RFC 9112, 2.1](https://www.rfc-editor.org/rfc/rfc9112#section-2.1)):
#
# 1. the **status line**: version, space, three digits, space, perhaps a reason in words, CR LF;
# 2. any number of **field lines**: name, colon, value, CR LF;
# 3. an **empty line**: just CR LF. It ends the header section;
# 4. perhaps the content.

# %%
answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
show.bytes(answer)

# %% [markdown]
# A program reads it like this. It looks for CR LF, and for nothing else.

# %%
header_section, empty_line, content = answer.partition(b"\r\n\r\n")
status_line, *field_lines = header_section.split(b"\r\n")
table(
    ("part", "bytes"),
    ("status line", status_line),
    *(("field line", each) for each in field_lines),
    ("content", content),
)

# %% [markdown]
# Exercise 1. At which byte does the content begin? Count from 0, and count CR and LF as one byte each.

# %% tags=["exercise"]
begins = ...
exercise.content_begins(begins, answer)

# %% tags=["solution"]
begins = answer.index(b"\r\n\r\n") + 4
exercise.content_begins(begins, answer)

# %% [markdown]
# Does it get through? `play` lets an upstream send exactly the bytes that you write.

# %%
await play([ReceiveRequest(), Send(answer)])

# %% [markdown]
# ## Two readers of one line
#
# Now the line with the space. Here are two programs that read field lines. Both are short, both look right, and both
# read every correct line alike.


# %%
def careful(line):
    name, _, value = line.partition(b":")
    return name.lower(), value.strip()


def tidy(line):
    name, _, value = line.partition(b":")
    return name.strip().lower(), value.strip()


lines = [b"Content-Length: 5", b"Content-Length : 5"]
table(("line", "careful reads", "tidy reads"), *((line, careful(line), tidy(line)) for line in lines))

# %% [markdown]
# For `tidy` the second line is the length. For `careful` it is an unknown field whose name ends in a space: it knows
# no length, and reads until the connection closes ([RFC 9112,
# 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3), the eighth rule). Two programs, two ends of one answer. So
# the standard is short: no space is allowed there, and a proxy must remove it from a response before it passes that
# on ([RFC 9112, 5.1](https://www.rfc-editor.org/rfc/rfc9112#section-5.1)).
#
# And our gateway?

# %%
strict = await perform("malformed_headers/space_before_colon")
strict

# %%
reveal(space, strict.status, "This gateway is strict: it refuses an answer with any damage at all.")

# %% [markdown]
# ## What the 502 tells
#
# Who is to blame? Not the client: 502 is a code for what the *upstream* did, an invalid response
# ([RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3)). This gateway says more, in a field that
# the standard has for it ([RFC 9209, 2.1](https://www.rfc-editor.org/rfc/rfc9209#section-2.1)):

# %%
print(strict.fields["Proxy-Status"])

# %% [markdown]
# `details` names the place: an *octet*, which is a byte, counted from 0 in what the upstream sent. (The line
# `Lab-Nonce` is the lab's own: by it the lab knows who made an answer.)

# %%
show.bytes(strict, "upstream_sent")

# %% [markdown]
# Exercise 2. Another upstream, another damage. Which byte does the gateway complain about?

# %%
zero = await perform("malformed_headers/nul_in_value")
print(zero.fields["Proxy-Status"])

# %% tags=["exercise"]
found = ...  # one byte, written as b"..."
exercise.octet_found(found, zero)

# %% tags=["solution"]
number = int(zero.fields["Proxy-Status"].partition("octet ")[2].partition(":")[0])
found = zero.upstream_sent[number : number + 1]
exercise.octet_found(found, zero)

# %% [markdown]
# ## Refuse or repair
#
# A recipient may try to get something usable out of what is invalid, where nothing says otherwise
# ([RFC 9110, 2.4](https://www.rfc-editor.org/rfc/rfc9110#section-2.4)). `reference-lenient` is the same gateway with
# one switch changed: it repairs, but only where a clause lets it.

# %%
lenient = await perform("malformed_headers/space_before_colon", gateway="reference-lenient")
lenient

# %% [markdown]
# What did it do on the way, first to the request, then to the answer? A minus stands at what it received and did not
# pass on, a plus at what it sent instead, or added:

# %%
show.changes(lenient)

# %% [markdown]
# Exercise 3. Here are seven damages. Which of them will the lenient gateway repair, and which will even it refuse?
# `show.story("malformed_headers/bare_lf")` tells you more about one, `show.script(...)` shows its bytes. Guess first,
# then check: the check performs all of them.

# %%
damages = [
    "bare_lf",
    "folded_line",
    "nul_in_value",
    "no_colon",
    "words_first",
    "content_lengths_conflict",
    "three_hundred_lines",
]
table(("name", "in one line"), *((name, find(f"malformed_headers/{name}").title) for name in damages))

# %% tags=["exercise"]
my_fates = {
    "bare_lf": ...,  # "repair" or "refuse"
    "folded_line": ...,
    "nul_in_value": ...,
    "no_colon": ...,
    "words_first": ...,
    "content_lengths_conflict": ...,
    "three_hundred_lines": ...,
}
await exercise.fates(my_fates, damages)

# %% tags=["solution"]
my_fates = {
    "bare_lf": "repair",
    "folded_line": "repair",
    "nul_in_value": "repair",
    "no_colon": "repair",
    "words_first": "refuse",
    "content_lengths_conflict": "refuse",
    "three_hundred_lines": "refuse",
}
await exercise.fates(my_fates, damages)

# %% [markdown]
# Here is what the lab's own reader knows about some damages: what is wrong, which clause says so, and which repair
# another clause allows. A dash means that it does not go on.

# %%
kinds = [
    h1.Kind.BARE_LF,
    h1.Kind.SPACE_BEFORE_COLON,
    h1.Kind.OBS_FOLD,
    h1.Kind.NUL_IN_VALUE,
    h1.Kind.BARE_CR,
    h1.Kind.NO_COLON,
    h1.Kind.CONTENT_LENGTH_REPEATED,
    h1.Kind.CONTENT_LENGTH_CONFLICT,
    h1.Kind.CONTENT_LENGTH_INVALID,
    h1.Kind.NOT_HTTP,
    h1.Kind.FIELD_TOO_LARGE,
]
table(
    ("what is wrong", "clause", "a repair that is allowed"), *((kind.says, kind.clause, kind.repair) for kind in kinds)
)

# %% [markdown]
# Three sentences out of that table are worth reading in full, because they leave exactly two ways:
#
# - a folded line in a response: a gateway must send a 502, or put spaces in the place of the fold
#   ([RFC 9112, 5.2](https://www.rfc-editor.org/rfc/rfc9112#section-5.2));
# - CR, LF or NUL in a value: reject the message, or put a space in the place of each
#   ([RFC 9110, 5.5](https://www.rfc-editor.org/rfc/rfc9110#section-5.5));
# - a CR without its LF: take the element for invalid, or put a space in its place
#   ([RFC 9112, 2.2](https://www.rfc-editor.org/rfc/rfc9112#section-2.2)).
#
# Passing the damage on is in none of them. Here are both gateways beside each other. `outcome` is the lab's word for
# what reached the client (`show.word("repaired")` explains one). `verdict` says whether the gateway kept the rules:
# both did, for the standard leaves the choice.

# %%
both = ("reference", "reference-lenient")
runs = await perform_all(["malformed_headers/folded_line", "malformed_headers/bare_lf"], gateway=both)
runs

# %%
show.changes(runs[1])

# %% [markdown]
# ## A repair can be dangerous
#
# A program greets its users: `Greeting: Anna`. Anna has chosen a name with a line feed in it:

# %%
show.script("malformed_headers/line_feed_in_value")

# %% tags=["exercise"]
cookie = guess("The lenient gateway repairs this. Does the client get a field Set-Cookie?", ...)
cookie

# %% tags=["solution"]
cookie = guess("The lenient gateway repairs this. Does the client get a field Set-Cookie?", "yes")
cookie

# %%
split = await perform("malformed_headers/line_feed_in_value", gateway="reference-lenient")
split.fields

# %%
reveal(cookie, "set-cookie" in split.fields, "LF alone may pass for the end of a line: then there are two lines.")

# %% [markdown]
# The repair is allowed: a single LF may pass for the end of a line ([RFC 9112,
# 2.2](https://www.rfc-editor.org/rfc/rfc9112#section-2.2)). But a *user* has now written a field line, and to the
# client it looks like any other of the upstream's. This is called response splitting ([RFC 9112,
# 11.1](https://www.rfc-editor.org/rfc/rfc9112#section-11.1)). The best place to stop it is the upstream, which should
# never have let the LF into the value.
#
# ## Where does it end?
#
# The heaviest damage is in the field that says where the answer ends. Two lengths:

# %%
show.script("malformed_headers/content_lengths_conflict")

# %%
conflict = await perform("malformed_headers/content_lengths_conflict", gateway="reference-lenient")
conflict

# %% [markdown]
# Even the lenient gateway says 502. The standard calls this an error from which nobody can recover; a proxy must
# close the connection, throw the response away and send a 502 ([RFC 9112,
# 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3), the fifth rule). Why so strict? Suppose somebody believed
# the first of the two lengths, and used the connection again for the next request.
#
# Exercise 4. Which bytes would lie on the connection, where the next answer should begin?

# %% tags=["exercise"]
left = ...  # bytes: b"..."
exercise.leftover(left, conflict)

# %% tags=["solution"]
left = b" world"
exercise.leftover(left, conflict)

# %% [markdown]
# The same number twice is another matter: it may be taken for one, or refused
# ([RFC 9110, 8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)). And a length that is no number is as bad as
# two that differ:

# %%
await perform_all(
    ["malformed_headers/content_length_twice", "malformed_headers/content_length_no_number"], gateway=both
)

# %% [markdown]
# ## Nothing wrong, and still refused
#
# One field line of 20,000 bytes breaks no rule: the standard sets no limit
# ([RFC 9110, 5.4](https://www.rfc-editor.org/rfc/rfc9110#section-5.4)). But each recipient has one, or any upstream
# could fill it up. What counts is that it says so. This one names the field and its size, in an error type of its own
# ([RFC 9209, 2.3.20](https://www.rfc-editor.org/rfc/rfc9209#section-2.3.20)):

# %%
huge = await perform("malformed_headers/huge_field[20,000]")
print(huge.fields["Proxy-Status"])

# %% [markdown]
# In the lab's list of real-world causes this is A3 (`badgateway list --causes`): cookies and tokens grow until one
# day they are too large for somebody in the middle. The upstream works, and what fails is the page of those users
# whose cookies have grown.
#
# ## Repair it yourself
#
# Exercise 5. Three field lines are damaged. Repair the bytes so that the strict gateway finds nothing to say. Leave
# the content as it is, and leave no line out: there are two colours, red and green.

# %%
damaged = b"HTTP/1.1 200 OK\r\nRoom : 7\r\nColours: red,\r\n green\r\nContent-Length: five\r\n\r\nhello"
show.bytes(damaged)

# %%
print((await play([ReceiveRequest(), Send(damaged)])).fields["Proxy-Status"])

# %% tags=["exercise"]
mended = ...
await exercise.repaired(mended)

# %% tags=["solution"]
mended = b"HTTP/1.1 200 OK\r\nRoom: 7\r\nColours: red, green\r\nContent-Length: 5\r\n\r\nhello"
await exercise.repaired(mended)

# %% [markdown]
# ## Break it differently
#
# Exercise 6. Write an answer that the strict gateway refuses and the lenient one repairs, with another damage than
# these five: a space before the colon, LF alone, CR alone, a fold, NUL. The table of damages above has one or two,
# and `badgateway list malformed_headers` has more.

# %% tags=["exercise"]
broken = ...
await exercise.broken_differently(broken)

# %% tags=["solution"]
broken = b"HTTP/1.1 200 OK\r\nconnected to the database\r\nContent-Length: 5\r\n\r\nhello"
await exercise.broken_differently(broken)

# %% [markdown]
# ## Summary
#
# - A header section is a status line, field lines and an empty line, each ended by CR LF. Nothing else ends a line,
#   but LF alone may be forgiven.
# - The danger of a damaged line is not that it cannot be read. It is that it can be read in two ways.
# - For some damages the standard names one certain repair; then a gateway may repair or refuse. Where the end of the
#   answer is in doubt, there is nothing to repair: 502.
# - Passing the damage on is no way out. And whom a 502 blames is the upstream, never the client.
#
# ## Where to read on
#
# - [Truncated bodies](04_truncated_bodies.ipynb): what can happen behind the empty line.
# - `badgateway tour malformed_headers`, `badgateway run malformed_headers --gateway reference-lenient`,
#   `badgateway show malformed_headers/bare_cr`.
# - [RFC 9112, 5](https://www.rfc-editor.org/rfc/rfc9112#section-5) (field lines),
#   [RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3) (where a message ends),
#   [RFC 9112, 11.1](https://www.rfc-editor.org/rfc/rfc9112#section-11.1) (response splitting).
