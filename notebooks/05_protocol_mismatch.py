# %% [markdown]
# # 5. Protocol mismatch
#
# The connection stands, somebody is there, an answer comes, and it makes no sense: the gateway has the wrong number.
# This notebook teaches you to recognise a stranger by its first bytes, and tests an old explanation of 502.
#
# **Afterwards you can**
#
# - tell TLS, HTTP/2, SSH, SMTP and Redis by their first bytes;
# - tell apart the two halves of one mistake: TLS to a plain port, and plain HTTP to a TLS port;
# - say what the version in a status line decides, and what it does not;
# - say when "they do not agree on the protocol" explains a 502, and when it does not.
#
# About 35 minutes. Run the cells in order. Where you see three dots (`...`), it is your turn.

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import protocol_mismatch as exercise

# %% [markdown]
# ## A mail server says 502
#
# The gateway was told the port of a mail server. Mail servers speak SMTP: lines of text and codes of three digits.
# This is what it says:

# %%
show.script("protocol_mismatch/smtp")

# %% tags=["exercise"]
maker = guess("The upstream says 502, the client sees 502. Who made it: upstream or gateway?", ...)
maker

# %% tags=["solution"]
maker = guess("The upstream says 502, the client sees 502. Who made it: upstream or gateway?", "gateway")
maker

# %%
mail = await perform("protocol_mismatch/smtp")
mail

# %%
reveal(maker, mail.made_by, "Not one byte of the mail server's went through. Its 502 is a word of another language.")

# %% [markdown]
# An answer of HTTP/1.1 begins with the letters HTTP, a slash and a version ([RFC 9112,
# 2.3](https://www.rfc-editor.org/rfc/rfc9112#section-2.3) and [4](https://www.rfc-editor.org/rfc/rfc9112#section-4)).
# What does not is no answer. This gateway also says what it took the bytes for:

# %%
print(mail.fields["Proxy-Status"])

# %% [markdown]
# ## First bytes
#
# Six upstreams, and the first bytes of each. A byte that is a letter or a sign is shown as that; `\x15` is one byte,
# too, its number in hexadecimal (two digits, from 00 to ff).

# %%
await exercise.meet_strangers()

# %% [markdown]
# Exercise 1. Who speaks what? The words are SSH, TLS, Redis, HTTP/2, SMTP and HTTP/1. `show.word("Redis")` tells you
# what one of them is.

# %% tags=["exercise"]
my_strangers = {"A": ..., "B": ..., "C": ..., "D": ..., "E": ..., "F": ...}
exercise.recognised(my_strangers)

# %% tags=["solution"]
my_strangers = {"A": "SSH", "B": "TLS", "C": "Redis", "D": "HTTP/2", "E": "SMTP", "F": "HTTP/1"}
exercise.recognised(my_strangers)

# %% [markdown]
# ## Two halves of one mistake
#
# Somebody moves a service to https, and forgets one of the two sides. There are two ways to forget.
#
# **Plain HTTP to a TLS port.** The gateway sends a request in plain text. A TLS server waits for a handshake, and
# finds letters:

# %%
no_tls_here = await perform("protocol_mismatch/plain_to_tls_port")
no_tls_here

# %% [markdown]
# The answer is seven bytes long. They are a TLS record, and this is what they say:


# %%
def record(data):
    return table(
        ("bytes", "in hexadecimal", "meaning"),
        ("the first", data[:1].hex(), f"type of the record: {tls.ContentType(data[0]).name}"),
        ("two more", data[1:3].hex(), "version of the record"),
        ("two more", data[3:5].hex(), f"length: {int.from_bytes(data[3:5], 'big')}"),
        ("one more", data[5:6].hex(), "level: fatal"),
        ("the last", data[6:7].hex(), "number of the alert"),
    )


record(no_tls_here.upstream_sent)

# %%
tls.Alert(0x46)

# %% [markdown]
# `0x` stands in front of a hexadecimal number. This alert says that the version of TLS does not suit; to a server
# that expects TLS, letters are a very odd version.
#
# Exercise 2. Another TLS server answers a plain request with these bytes. Which alert is it?

# %%
other = b"\x15\x03\x03\x00\x02\x02\x28"
record(other)

# %% tags=["exercise"]
alert = ...  # its name, in quotes
exercise.alert_named(alert, other)

# %% tags=["solution"]
alert = "handshake_failure"
exercise.alert_named(alert, other)

# %% [markdown]
# **TLS to a plain port.** Now the other half. The gateway begins a handshake, and a plain HTTP server answers in
# plain HTTP: 400, this is no request.

# %% tags=["exercise"]
status = guess("The upstream answers 400, in perfect HTTP. Which status code does the client see?", ...)
status

# %% tags=["solution"]
status = guess("The upstream answers 400, in perfect HTTP. Which status code does the client see?", 502)
status

# %%
no_plain_here = await perform("protocol_mismatch/tls_to_plain_port")
no_plain_here

# %%
reveal(status, no_plain_here.status, "Nothing can be HTTP here before the handshake is done.")

# %% [markdown]
# Under TLS, all of HTTP has to be inside it ([RFC 9112, 9.7](https://www.rfc-editor.org/rfc/rfc9112#section-9.7)).
# Bytes that come outside are not an answer, however friendly they look. The error type differs, and it tells you
# which half of the mistake it was:

# %%
mistakes = {"plain HTTP to a TLS port": no_tls_here, "TLS to a plain port": no_plain_here}
table(
    ("mistake", "status", "error type", "the upstream received", "the upstream sent"),
    *(
        (says, run.status, run.exchanges[-1].errors, run.upstream_received[:11], run.upstream_sent[:8])
        for says, run in mistakes.items()
    ),
)

# %% [markdown]
# (`\x16\x03` is the beginning of a ClientHello, the first message of every TLS handshake.)
#
# Some TLS ports are more polite. They notice that somebody speaks plain HTTP, and answer in plain HTTP:

# %%
polite = await perform("protocol_mismatch/plain_to_tls_port_told")
polite

# %% [markdown]
# A perfect answer, so the gateway passes it on. But read it as the client does: *400, bad request*. The client has
# done nothing wrong. Both sides spoke HTTP, so nobody said 502, and the wrong one is blamed.
#
# Exercise 3. This gateway was told to speak TLS to its upstream. Write the upstream's steps so that the client gets a
# 200. The step that you need besides `ReceiveRequest()` and `Send(...)` stands in
# `show.script("tls/all_well")`.

# %% tags=["exercise"]
my_upstream = [...]
await exercise.secured(my_upstream)

# %% tags=["solution"]
my_upstream = [
    StartTLS(),
    ReceiveRequest(),
    Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n", b"\r\n", b"hello"),
]
await exercise.secured(my_upstream)

# %% [markdown]
# ## The same meaning, other bytes
#
# HTTP/2 means the same by a request and an answer as HTTP/1.1, and has not one byte in common with it. It sends
# frames. Each begins with nine bytes: a length of three bytes, a type, flags, and the number of a stream in 31 bits
# ([RFC 9113,
# 4.1](https://www.rfc-editor.org/rfc/rfc9113#section-4.1)).


# %%
def frame_header(data):
    length, stream = int.from_bytes(data[:3], "big"), int.from_bytes(data[5:9], "big") & 0x7FFFFFFF
    return {"length": length, "type": data[3], "flags": data[4], "stream": stream}


frames = await perform("protocol_mismatch/http2_settings")
frame_header(frames.upstream_sent)

# %% [markdown]
# Type 4 is SETTINGS, with which every server of HTTP/2 begins
# ([RFC 9113, 3.4](https://www.rfc-editor.org/rfc/rfc9113#section-3.4)). Our gateway had asked in HTTP/1.1:

# %%
frames

# %% [markdown]
# Now the other way round. Somebody who expects HTTP/2 reads an answer of HTTP/1.1.
#
# Exercise 4. Which length does it find?

# %%
surprise = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"

# %% tags=["exercise"]
length = ...
exercise.length_in_a_frame(length, surprise)

# %% tags=["solution"]
length = frame_header(surprise)["length"]
exercise.length_in_a_frame(length, surprise)

# %% [markdown]
# The content of a frame may have 16,384 bytes, unless its receiver has allowed more
# ([RFC 9113, 4.2](https://www.rfc-editor.org/rfc/rfc9113#section-4.2)).
#
# How do two who speak TLS find out beforehand which HTTP it will be? They say so in the handshake. This is called
# ALPN ([RFC 9113, 3.2](https://www.rfc-editor.org/rfc/rfc9113#section-3.2)). Here the gateway offers HTTP/1.1, and
# the upstream speaks HTTP/2 alone:

# %%
agreed = await perform("tls/alpn_refused")
agreed

# %% [markdown]
# It is a 502 again, but one that says what to do: not a riddle in binary, but an alert with the name
# `no_application_protocol`.
#
# ## Which version?
#
# Exercise 5. Six upstreams answer with a first line that is odd in one way. Everything else is right. What does the
# client get: 200 or 502?
#
# Two hints from the standard: the first digit of a version says how the bytes are to be read, the second what the
# sender could do besides ([RFC 9110, 2.5](https://www.rfc-editor.org/rfc/rfc9110#section-2.5)). And the version is
# written in capitals, with one digit on each side of the point ([RFC 9112,
# 2.3](https://www.rfc-editor.org/rfc/rfc9112#section-2.3)).

# %%
names = [
    "http_1_0",
    "higher_minor_version",
    "wrong_major_version[HTTP/2.0]",
    "version_misspelt[HTTP/1.10]",
    "version_in_lower_case",
    "http_0_9",
]
table(("name", "in one line"), *((name, find(f"protocol_mismatch/{name}").title) for name in names))

# %% tags=["exercise"]
my_versions = {
    "http_1_0": ...,  # 200 or 502
    "higher_minor_version": ...,
    "wrong_major_version[HTTP/2.0]": ...,
    "version_misspelt[HTTP/1.10]": ...,
    "version_in_lower_case": ...,
    "http_0_9": ...,
}
await exercise.versions(my_versions, names)

# %% tags=["solution"]
my_versions = {
    "http_1_0": 200,
    "higher_minor_version": 200,
    "wrong_major_version[HTTP/2.0]": 502,
    "version_misspelt[HTTP/1.10]": 502,
    "version_in_lower_case": 502,
    "http_0_9": 502,
}
await exercise.versions(my_versions, names)

# %% [markdown]
# A higher second digit should be processed as if it were the highest that one knows
# ([RFC 9110, 6.2](https://www.rfc-editor.org/rfc/rfc9110#section-6.2)). And whatever the upstream says of itself, the
# gateway sends its own version ([RFC 9112, 2.3](https://www.rfc-editor.org/rfc/rfc9112#section-2.3)):

# %%
higher = await perform("protocol_mismatch/higher_minor_version")
show.changes(higher)

# %% [markdown]
# ## An old explanation, tested
#
# An old explanation of 502 says: the server behind is up, but the two *do not agree on the protocol*. Is that so?
# Here are ten causes from all over the lab.

# %%
causes = [
    "first/nobody_home",
    "connections/closed_at_once[closed]",
    "truncated_bodies/header_section_cut[in a field line]",
    "malformed_headers/no_colon",
    "malformed_headers/content_lengths_conflict",
    "malformed_headers/three_hundred_lines",
    "tls/expired",
    "protocol_mismatch/redis",
    "protocol_mismatch/plain_to_tls_port",
    "protocol_mismatch/http2_settings",
]
runs = await perform_all(causes)
table(
    ("run", "status", "error type", "the upstream's first bytes"),
    *((run.name, run.status, run.exchanges[-1].errors, run.upstream_sent[:8]) for run in runs),
)

# %% [markdown]
# (What is said in a TLS handshake is not in that column: the upstream with the expired certificate never came to say
# anything else.)
#
# Exercise 6. In how many of them did the upstream speak, and speak something else than HTTP/1?

# %% tags=["exercise"]
how_many = ...
exercise.other_protocols(how_many, runs)

# %% tags=["solution"]
how_many = sum(run.upstream_sent != b"" and not run.upstream_sent.startswith(b"HTTP/1") for run in runs)
exercise.other_protocols(how_many, runs)

# %% [markdown]
# So the explanation fits some of these 502s, and not the others: not a server that is down, not one that hangs up,
# not one that speaks HTTP badly, not one whose certificate has expired. The standard's own sentence is wider: an
# *invalid response* ([RFC 9110, 15.6.3](https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3)).
#
# And the other way round: is every disagreement a 502? You have seen a 400 that was passed on. Here is one more. The
# answer begins in HTTP, and somebody else goes on:

# %%
await perform("protocol_mismatch/stranger_in_the_middle[SMTP]")

# %% [markdown]
# A stranger at the door is a 502. A stranger in the middle of an answer is a cut 200, like any other break.
#
# ## Summary
#
# - First bytes tell a stranger: `15 03` is TLS saying no; a length of three bytes (mostly zeros), then a 4, is HTTP/2;
#   a greeting before any question is SSH or mail.
# - TLS on one side only is one mistake with two faces: `http_protocol_error` where the gateway forgot TLS,
#   `tls_protocol_error` where the upstream did. And sometimes it is a 400 that blames the wrong one.
# - The first digit of a version says how to read. The second may be any. A gateway writes its own.
# - Not every 502 is a disagreement about the protocol, and not every such disagreement is a 502.
#
# ## Where to read on
#
# - [Time](06_time.ipynb): when nothing comes at all;
#   [Folklore tested](10_folklore_tested.ipynb): more old explanations.
# - `badgateway tour protocol_mismatch`, `badgateway show protocol_mismatch/cousins`, `badgateway list tls`.
# - [RFC 9112, 2.3](https://www.rfc-editor.org/rfc/rfc9112#section-2.3),
#   [RFC 9113, 3](https://www.rfc-editor.org/rfc/rfc9113#section-3) (how HTTP/2 begins),
#   [RFC 9209, 2.3.13](https://www.rfc-editor.org/rfc/rfc9209#section-2.3.13) and the next two (TLS).
