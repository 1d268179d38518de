from lab.scenario import Chapter

chapter = Chapter(
    title="Not yet the answer: interim responses and other protocols",
    goals=(
        "Tell an interim response from a final one by its first digit, and say what it settles: nothing.",
        "Say who may say 100, and what happens when nobody does.",
        "Say what a 101 ends, what a gateway is after it, and what it can no longer say.",
    ),
    text="""\
One request, one answer: so far that was enough. But before its answer a server may say other things. Everything from
100 to 199 is interim: it ends with its empty line, has no content, and another response follows (only 101 is a case of
its own). There may be any number of them.

The first stories are about hints. 103 says early what the answer will probably say. Whoever counts responses instead
of looking at them takes the wrong one for the answer. Whoever mixes their field lines gives out hints as facts. And an
old client must not be sent one. When the upstream dies after a hint, look at the status: nothing final has been said
yet, so a 502 is still possible. This is the difference to a 200 that was begun.

Then 100. A client that has much to send may ask first. The standard gives the gateway a double part in this: to its
client it is the server that must not let it wait, to the upstream it is a client that should not wait for ever. Follow
in each story who says 100, who waits for it, and whether the content has travelled in vain.

Last, 101. Behind it nothing more is said in HTTP/1.1: with its empty line the connection belongs to another protocol,
and the gateway turns into a tunnel that passes on bytes it does not understand. So it looks carefully before it lets
go. Was a switch asked for? To this protocol? Does the upstream name it? Afterwards there is no status left to say
anything with, and the end of one connection can only be told by ending the other.""",
    order=(
        # hints
        "early_hint", "two_early_hints", "hint_that_was_wrong", "interim_never_seen", "interim_to_an_old_client",
        "only_an_interim", "interim_cut", "broken_field_in_an_interim", "interim_with_content", "a_hundred_of_them",
        "far_too_many",
        # go on
        "continue_unasked", "continue_then_answer", "refused_before_the_upload", "continue_too_late",
        "continue_that_never_comes", "expectation_failed",
        # another protocol
        "switched", "first_frame_with_the_101", "switch_not_taken_up", "upgrade_required", "switch_unasked",
        "switch_unnamed", "switch_to_another_protocol", "wrong_accept", "switch_of_an_old_client", "tunnel_broken_off",
    ),
)
