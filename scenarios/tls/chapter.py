from lab.scenario import Chapter

chapter = Chapter(
    title="TLS: a handshake before the first word",
    goals=(
        "Say what a certificate proves, and name six ways in which it can fail to.",
        "Tell a certificate that the gateway refuses from an alert that the upstream sends.",
        "Say why no fault of this chapter can be seen in any byte of HTTP.",
    ),
    text="""\
Between gateway and upstream there may be other people's networks, so the two may talk in secret, and make sure of whom
they talk to. That is what TLS is for. It costs a handshake before the first request, and every handshake can fail.

First the certificates. A certificate ties a name to a key: for a time, and on the word of a certificate authority. So
there are four questions. Is it the name that I asked for? Is it within its time? Does its chain of signatures lead to
somebody I trust? Has every link of the chain been sent? One no is enough, and it is the gateway that says it. The
upstream works perfectly, and its answer is never fetched.

Then the other direction. The upstream, too, can say no: to the name, to the version, to the ciphers, to a client that
shows no certificate of its own. It does so with an alert. An alert is little more than a number, but it is a reason,
and the field Proxy-Status has a place for it.

And the handshake can simply stop, like any conversation: in silence, by hanging up, in nonsense.

All of it is a matter for a 502 or a 504, and nearly all of it happens before any HTTP is spoken. The client's own
connection may be in perfect order meanwhile, with a certificate of the gateway's. A lock in the browser says nothing
about the wire behind.

How TLS guards the end of an answer, with its closure alert, is told in the chapter on truncated bodies.""",
    order=(
        "all_well",
        "expired",
        "not_yet_valid",
        "wrong_name",
        "self_signed",
        "untrusted",
        "missing_intermediate",
        "server_name_unknown",
        "alert_in_the_handshake",
        "old_version_only",
        "alpn_refused",
        "client_certificate_required",
        "silence_in_the_handshake",
        "closed_in_the_handshake",
        "nonsense_in_the_handshake",
    ),
)
