from lab.scenario import Chapter

chapter = Chapter(
    title="Connections: refused, unanswered, broken off",
    goals=(
        "Tell a refusal from silence, and both from a connection that ends.",
        "Say after each failure what has certainly not been done, and what may have been.",
        "Say when a request may be sent again, and by whom.",
        "Name what else a connection needs: an address or a path, permission, a port of one's own, an introduction.",
    ),
    text="""\
Before a gateway can pass on a request it needs a connection to the upstream. That is where many a 502 comes from,
and the easiest to explain, because no byte of an answer is involved.

Here are three ways to get none that is of use. A refusal is a clear no, and it comes at once: the machine is there, but
nobody listens. Silence is neither yes nor no: somebody has to decide how long to wait, and a 504 is then the answer
that fits. And a connection can be accepted and end without an answer, politely with FIN or rudely with RST.

What matters is how far the request had got. After a refusal nothing has been done; anybody may try again, or try
somebody else. After an end without an answer everything may have been done. Reading a report twice does no harm;
ordering a bicycle twice does. So a gateway may repeat a GET by itself, once, and should leave a POST to its client.

An upstream can be found in more than one way. A name may stand for two addresses of which one is no good; then it helps
to try the other, and nothing is lost by it. A Unix socket has the path of a file in place of an address, and goes wrong
as files do: it is missing, forgotten, forbidden. A gateway may also have had enough of an upstream, mark it as down and
answer 503 without asking. And it needs something itself: each connection takes a port of its own machine, and where an
upstream wants to be told who the client is, both have to agree on the words.

And an upstream need not wait until a request is complete. It may answer early, to save the rest of an upload. Then two
things are under way at the same time, in opposite directions, on a connection that is about to be closed; and how it is
closed decides whether the answer arrives.

The first story of all, nobody at home, stands in the chapter before this one.""",
    order=(
        "refused_before_a_change",
        "black_hole",
        "closed_at_once",
        "died_with_the_request",
        "upload_broken_off",
        "gone_and_back",
        "first_of_two_refuses",
        "name_with_two_addresses",
        "marked_down",
        "through_a_socket",
        "socket_missing",
        "socket_not_permitted",
        "socket_queue_full",
        "local_ports_used_up",
        "proxy_line_missing",
        "proxy_line_not_understood",
        "proxy_bytes_not_understood",
        "round_in_circles",
        "early_answer",
        "early_answer_then_reset",
        "field_for_one_connection",
    ),
)
