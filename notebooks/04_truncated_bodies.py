# %% [markdown]
# # 4. Truncated bodies
#
# "200 OK" is the first thing that an upstream says, and the last thing that it can take back. This notebook is about
# the other end of an answer: where it is, who can see it, and what a broken one looks like.
#
# **Afterwards you can**
#
# - name the four ways in which an answer ends;
# - say when a broken answer becomes a 502, and when it is a cut 200;
# - say how a client notices, with HTTP/1.1, with HTTP/1.0, with HTTP/2 and under TLS, and in which case it cannot;
# - write down what a good client does.
#
# About 40 minutes. Run the cells in order. Where you see three dots (`...`), it is your turn.

# %%
import io
from http.client import HTTPResponse, IncompleteRead

from lab import *
from lab.notebook import *
from lab.notebook.exercises import truncated_bodies as exercise

# %% [markdown]
# ## Cut off
#
# An upstream promises 20 bytes, sends 5 and closes. What does the client see?

# %% tags=["exercise"]
cut = guess("20 bytes promised, 5 sent: which status code does the client see?", ...)
cut

# %% tags=["solution"]
cut = guess("20 bytes promised, 5 sent: which status code does the client see?", 200)
cut

# %%
short = await perform("truncated_bodies/content_length_short")
short

# %%
reveal(cut, short.status, "The header section was whole and good. The gateway passed it on before the break.")

# %% [markdown]
# How does the client know? It counts. Content-Length says 20, and 5 have come:

# %%
int(short.fields["Content-Length"]) - len(short.content)

# %% [markdown]
# ## Four ends
#
# How does a recipient know where an answer ends? There are four ways, tried in this order
# ([RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3); we leave CONNECT aside):
#
# 1. answers without content: those to HEAD, and every 1xx, 204 and 304. They end at the empty line, whatever is
#    announced;
# 2. chunks: each with its size in front, until a chunk of size 0;
# 3. a length: so many bytes;
# 4. nothing of all this: then the content lasts until the connection is closed.
#
# Here is the first way. A length of 5, no content, and complete all the same:

# %%
await perform("truncated_bodies/head_with_a_length")

# %% [markdown]
# And here is a body in chunks, as it goes over the wire. Sizes are hexadecimal.

# %%
body = b"5\r\nhello\r\n1c\r\n, and all that is left of it\r\n0\r\n\r\n"
show.bytes(body)

# %% [markdown]
# Exercise 1. What is the content?

# %% tags=["exercise"]
content = ...  # bytes: b"..."
exercise.chunked_content(content, body)

# %% tags=["solution"]
content = b"hello, and all that is left of it"
exercise.chunked_content(content, body)

# %% [markdown]
# A program does it like this. It gives back the content, and whether the last chunk has come, with the empty line
# behind it ([RFC 9112, 7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)).


# %%
def unchunk(body):
    content = b""
    while True:
        size_line, line_end, body = body.partition(b"\r\n")
        if not line_end:
            return content, False
        size = int(size_line, 16)
        if size == 0:
            return content, body == b"\r\n"
        content, body = content + body[:size], body[size + 2 :]


unchunk(body), unchunk(b"5\r\nhello\r\n")

# %% [markdown]
# The second result is the interesting one: every byte that came is right, and the answer is incomplete, "if the
# zero-sized chunk that terminates the encoding has not been received"
# ([RFC 9112, 8](https://www.rfc-editor.org/rfc/rfc9112#section-8)).

# %%
await perform("truncated_bodies/last_chunk_missing")

# %% [markdown]
# ## The end that cannot be seen
#
# Now the fourth way. Two programs tell a story. Both give no length and use no chunks. The first has said all that it
# wanted to say. The second crashes in the middle of its sentence, and its machine closes the connection politely.

# %%
# NONCE is a field line by which the lab knows an answer again.
beginning = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"\r\n", b"And the murderer is")
told = await play([ReceiveRequest(), beginning, Send(b" the gardener."), Close()])
crashed = await play([ReceiveRequest(), beginning, Close()])

# %% tags=["exercise"]
noticed = guess("Can the second client tell that something is missing?", ...)
noticed

# %% tags=["solution"]
noticed = guess("Can the second client tell that something is missing?", "no")
noticed

# %%
programs = {"tells all": told, "crashes": crashed}
table(
    ("program", "status", "content", "ending", "complete by its framing"),
    *((name, run.status, run.content, run.ending, run.exchanges[-1].complete) for name, run in programs.items()),
)

# %%
reveal(
    noticed, not crashed.exchanges[-1].complete, "Nothing on the wire says so: the close is the end, whatever it means."
)

# %% [markdown]
# The standard says it plainly: there is no way to distinguish the two
# ([RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)), and such an answer counts as complete
# ([RFC 9110, 6.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.1)). That is why a server should use a length or
# chunks whenever it can.
#
# It gets worse. Look at what the gateway makes of the crash:

# %%
show.changes(crashed)

# %% [markdown]
# Its client speaks HTTP/1.1, so it uses chunks, and at the end it sends a last chunk: *this is all*. It says so in
# good faith. What was a doubt on one connection has become a certainty on the next.
#
# ## How you hang up is part of the answer
#
# The crash can be rude: a reset (RST) in the place of a close (FIN). And the connection can be under TLS, where a
# close has a sign of its own, the closure alert. An error of the connection says that the answer is *not* complete
# ([RFC 9112, 8](https://www.rfc-editor.org/rfc/rfc9112#section-8)), and so does a missing closure alert, unless a
# length or the last chunk says otherwise ([RFC 9112, 9.8](https://www.rfc-editor.org/rfc/rfc9112#section-9.8)).

# %%
await perform("truncated_bodies/close_delimited_reset")

# %% [markdown]
# Exercise 2. Seven answers. Which of them does the client get complete? `show.script("truncated_bodies/...")` shows
# you the bytes of each.

# %%
names = [
    "content_length_short",
    "cut_inside_a_chunk[after its bytes]",
    "close_delimited_close",
    "close_delimited_reset",
    "close_delimited_tls",
    "length_without_closure_alert",
    "not_modified_with_a_length",
]
table(("name", "in one line"), *((name, find(f"truncated_bodies/{name}").title) for name in names))

# %% tags=["exercise"]
my_answers = {
    "content_length_short": ...,  # True or False
    "cut_inside_a_chunk[after its bytes]": ...,
    "close_delimited_close": ...,
    "close_delimited_reset": ...,
    "close_delimited_tls": ...,
    "length_without_closure_alert": ...,
    "not_modified_with_a_length": ...,
}
await exercise.complete(my_answers, names)

# %% tags=["solution"]
my_answers = {
    "content_length_short": False,
    "cut_inside_a_chunk[after its bytes]": False,
    "close_delimited_close": True,
    "close_delimited_reset": False,
    "close_delimited_tls": False,
    "length_without_closure_alert": True,
    "not_modified_with_a_length": True,
}
await exercise.complete(my_answers, names)

# %% [markdown]
# ## Three clients, one break
#
# The upstream sends chunks, and closes without the last one. In front of the gateway stand three clients: one speaks
# HTTP/1.1, one speaks HTTP/1.0, which knows no chunks, and one HTTP/2, which has frames instead. How can the gateway
# tell each of them?

# %%
modern = await perform("truncated_bodies/last_chunk_missing_later")
modern

# %%
old = await perform("truncated_bodies/old_client")
old

# %%
multiplexing = await perform("truncated_bodies/given_up_on_its_stream")
multiplexing

# %% [markdown]
# Exercise 3. How did the answer end for each of them?

# %% tags=["exercise"]
my_endings = [..., ..., ...]  # for modern, old, multiplexing: "FIN", "RST" or "RST_STREAM"
exercise.endings(my_endings, [modern, old, multiplexing])

# %% tags=["solution"]
my_endings = ["FIN", "RST", "RST_STREAM"]
exercise.endings(my_endings, [modern, old, multiplexing])

# %% [markdown]
# To the old client the close *is* the end, so the gateway must not close politely: it resets.
# Over HTTP/2 an answer is complete when a frame says END_STREAM ([RFC 9113,
# 8.1](https://www.rfc-editor.org/rfc/rfc9113#section-8.1)); RST_STREAM ends one stream without saying that ([RFC
# 9113, 6.4](https://www.rfc-editor.org/rfc/rfc9113#section-6.4)), and the others on the connection go on:

# %%
await perform("truncated_bodies/one_stream_breaks")

# %% [markdown]
# ## A 502 after all
#
# A gateway that has passed on nothing yet can still say 502. `reference-buffer` holds answers back until they are
# whole, up to a size. Compare:

# %%
broken = [
    "truncated_bodies/content_length_short_later",
    "truncated_bodies/last_chunk_missing_later",
    "truncated_bodies/close_delimited_reset",
    "truncated_bodies/close_delimited_close",
    "truncated_bodies/header_section_cut",
]
await perform_all(broken, gateway=("reference", "reference-buffer"))

# %% [markdown]
# Three things are to be seen there. What breaks in the content is a cut 200 in front of one gateway, and a 502 in
# front of the other. What breaks in the *header section* is a 502 in front of both: nothing had gone out yet. And the
# polite crash is a 200 everywhere: what cannot be seen cannot be reported.
#
# So why does not every gateway buffer? Here is an upstream that thinks between its words, in front of each:

# %%
streamed = await perform("timing/slow_but_in_time")
show.stages(streamed)

# %%
held_back = await perform("timing/slow_but_in_time", gateway="reference-buffer")
show.stages(held_back)

# %% [markdown]
# Exercise 4. After how many milliseconds does the client get its first byte from the gateway that buffers? (Near
# enough will do.)

# %% tags=["exercise"]
milliseconds = ...
exercise.waited_for_the_first_byte(milliseconds, held_back)

# %% tags=["solution"]
milliseconds = exercise.first_byte_after(held_back)
exercise.waited_for_the_first_byte(milliseconds, held_back)

# %% [markdown]
# That wait is the price, and the memory for all that is held back. The memory has a limit. Of an answer that is
# larger, the first part goes out after all:

# %%
await play(
    [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 200000\r\n", b"\r\n", b"x" * 100_000), Close()],
    gateway="reference-buffer",
)

# %% [markdown]
# ## What a good client does
#
# A client that gets an incomplete answer must record it as incomplete
# ([RFC 9112, 8](https://www.rfc-editor.org/rfc/rfc9112#section-8)); a cache must not use it as if it were whole
# ([RFC 9111, 3.3](https://www.rfc-editor.org/rfc/rfc9111#section-3.3)). Does Python's own client do that? We give it
# the bytes that our clients have received.


# %%
class Received:
    """Bytes that came over a connection, as http.client wants to read them."""

    def __init__(self, data):
        self.data = data

    def makefile(self, mode):
        return io.BytesIO(self.data)


def read(run):
    response = HTTPResponse(Received(run.client_received))
    response.begin()
    try:
        return response.read()
    except IncompleteRead as error:
        return error


table(
    ("answer", "what http.client says"),
    ("a length, cut", read(short)),
    ("chunks, cut", read(modern)),
    ("the polite crash", read(crashed)),
)

# %% [markdown]
# It counts, and it cannot see the polite crash any more than we can.
#
# Exercise 5. Be the client. Write a function that says whether an answer is complete. It gets the field lines (names
# in small letters, values as text), the bytes behind the empty line, and whether the connection ended politely: True
# after FIN, False after RST. You may use `unchunk` from above. (Answers without content are left out.)


# %% tags=["exercise"]
def is_complete(fields, body, polite):
    if "transfer-encoding" in fields:
        return ...
    if "content-length" in fields:
        return ...
    return ...


exercise.my_client(is_complete)


# %% tags=["solution"]
def is_complete(fields, body, polite):
    if "transfer-encoding" in fields:
        return unchunk(body)[1]
    if "content-length" in fields:
        return len(body) >= int(fields["content-length"])
    return polite


exercise.my_client(is_complete)

# %% [markdown]
# And when it is not complete? GET can be repeated automatically when the communication failed, because to ask twice
# has the effect of asking once ([RFC 9110, 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)). An order is
# another matter: notebook 7 is about that.
#
# Exercise 6. Mend the story. The program still crashes behind `is`; you cannot change that. Change the header
# section, so that its client notices. (If you use chunks, the chunk that comes is whole.)

# %% tags=["exercise"]
my_upstream = [...]
await exercise.noticed(my_upstream)

# %% tags=["solution"]
my_upstream = [
    ReceiveRequest(),
    Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Transfer-Encoding: chunked\r\n", b"\r\n", h1.chunk(b"And the murderer is")),
    Close(),
]
await exercise.noticed(my_upstream)

# %% [markdown]
# ## Summary
#
# - An answer ends by its kind, by chunks, by a length, or by the close. The first three show every cut. The last shows
#   a reset, and under TLS a missing closure alert; a crash that closes politely cannot be seen by anybody.
# - What breaks before the header section has gone out is a 502. What breaks later is a 200, and only its end can tell.
# - A gateway that buffers can say 502 for longer. Its clients wait for that.
# - A gateway that knows of a break must not finish the answer as if it were whole: no last chunk, no END_STREAM, and
#   towards an old client no polite close.
# - A good client counts.
#
# ## Where to read on
#
# - [Protocol mismatch](05_protocol_mismatch.ipynb): when what comes is no answer at all;
#   [The keep-alive race](07_the_keep_alive_race.ipynb): when may a request be repeated?
# - `badgateway tour truncated_bodies`, `badgateway run truncated_bodies --gateway reference-buffer`,
#   `badgateway words "closure alert"`.
# - [RFC 9112, 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3),
#   [RFC 9112, 8](https://www.rfc-editor.org/rfc/rfc9112#section-8),
#   [RFC 9110, 6.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.1).
