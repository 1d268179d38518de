from lab.scenario import Chapter

chapter = Chapter(
    title="Timing: late, slow, or never",
    goals=(
        "Tell 502 from 504, and say what had to happen for each.",
        "Name the clocks that a gateway needs: for the first byte, between bytes, for the whole.",
        "Say why a time-out in the middle of the content cannot become a 504.",
    ),
    text="""\
Nothing in this chapter is wrong with any byte. What is wrong is when the bytes come, or that they do not.

Silence has no sender: nobody says "I shall not answer". So each party that waits has to decide for itself how long, and
that decision is a guess. Too short, and good answers are thrown away; too long, and clients, who have clocks of their
own, are gone before the gateway has made up its mind.

One clock is not enough. A clock for the first byte ends the wait for an answer that never begins. A clock between bytes
ends the wait for one that does not go on. This one starts anew with each byte, and so a trickle can keep it happy for
ever; that needs a third, which runs through.

And as everywhere in this lab, it matters what the client has been told already. Before an answer has been
begun, a time-out can become a 504 (Gateway Timeout). Afterwards there is only one way left to be honest: break off, so
that the client can see that something is missing.

Here the clocks of the lab's own gateway are set to a quarter of a second, and to three quarters for the whole, so that
nobody has to wait long to see them strike.""",
    order=(
        "silence",
        "silence_or_hang_up",
        "late_but_in_time",
        "silence_in_the_header_section",
        "silence_in_the_content",
        "silent_stream",
        "slow_but_in_time",
        "slow_header_section",
        "endless_content",
        "never_reads",
        "every_connection_taken",
        "too_late",
    ),
)
