from lab.scenario import Chapter

chapter = Chapter(
    title="First: who is speaking, and is it all?",
    goals=(
        "Say who takes part: client, gateway, upstream.",
        "Tell from an answer who made it, and whether it is complete.",
        "Say what 200, 304 and 502 promise, and what they do not.",
    ),
    text="""\
A client wants a page. It asks a gateway (also called a reverse proxy), which has no pages of its own: it asks the
upstream, the server behind it, and passes the answer back. Three parties, two connections, one story.

The first three stories go well. An answer comes and is complete; an answer says that nothing has changed; an answer
brings something new. Look at the bytes: they are all there is. Whatever breaks in this lab shows in them, in when they
come, or in how they end.

Then things break, one thing at a time. Nobody is there. Somebody is there and talks nonsense. Somebody promises more
than they give. In each case the gateway is left without a good answer while its client waits for one. A gateway that
can still say so says 502 (Bad Gateway): what I got from behind me was no good. But sometimes it has said 200 already,
and then the number is true no longer, and only those who count the bytes can tell.

The last story puts both together. The client holds a copy and asks only whether it is still good, and the upstream
breaks. Is a copy good if nobody says that it is bad?

Before each run, guess. After it, ask three things: what did the client get, who made it, and could you have told?""",
    order=(
        "all_is_well",
        "not_modified",
        "changed",
        "nobody_home",
        "garbage",
        "broken_promise",
        "not_modified_from_a_broken_upstream",
    ),
)
