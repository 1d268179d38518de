from lab.scenario import Chapter

chapter = Chapter(
    title="Connections: refused, unanswered, broken off",
    goals=(
        "Tell a refusal from silence, and both from a connection that ends.",
        "Say after each failure what has certainly not been done, and what may have been.",
        "Say when a request may be sent again, and by whom.",
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
        "early_answer",
        "early_answer_then_reset",
        "field_for_one_connection",
    ),
)
