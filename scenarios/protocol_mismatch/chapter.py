from lab.scenario import Chapter

chapter = Chapter(
    title="Wrong number: who is speaking there?",
    goals=(
        "Recognise from its first bytes what another protocol says: TLS, HTTP/2, SSH, SMTP, Redis, FastCGI.",
        "Tell the two halves of one common mistake apart: TLS to a plain port, and plain HTTP to a TLS port.",
        "Say what the version in a status line means, and what a gateway does with it.",
    ),
    text="""\
The connection stands, somebody is there, an answer comes, and it makes no sense. Nothing is broken: the gateway has the
wrong number. A port was mistyped, a scheme was forgotten, an old server was never replaced. Behind a
502 all of this looks alike, so it is for the gateway to tell what it heard.

First bytes give a stranger away. 15 03 is TLS saying no. Three zero bytes and then a 4 are HTTP/2. A greeting before
any question is SSH or mail. A minus sign is a database. Learn to read them, for in a log they often appear as noise.

Some strangers are harder. A mail server has codes of three digits and even a 502 of its own. Cousins of HTTP use its
status line word for word, except for the first one. A server can send a perfect request where an answer was due. The
grammar is on your side: an answer begins with HTTP, a slash and a version, and what does not is none, however friendly
it looks.

And some are no strangers at all. HTTP/1.0 is old and right, HTTP/1.9 is odd and legal, HTTP/0.9 cannot be told from
noise. A gateway reads the version of its upstream and writes its own: each version speaks for one connection only.

In each story, guess before you look: which words would help somebody who has to repair this at night?""",
    order=(
        "smtp", "ssh", "redis", "fastcgi", "uwsgi", "echo", "cousins", "proxy_protocol_first",
        "tls_to_plain_port", "plain_to_tls_port", "plain_to_tls_port_told", "server_hello",
        "http2_settings", "http2_answer", "stranger_in_the_middle",
        "fields_that_http_2_forbids",
        "http_1_0", "higher_minor_version", "wrong_major_version", "version_in_lower_case",
        "version_misspelt", "http_0_9",
    ),
)
