from lab.scenario import Chapter

chapter = Chapter(
    title="Reuse and races: the connection that was there before",
    goals=(
        "Explain how an innocent request gets a 502, and why nobody can be blamed.",
        "Say which requests may be sent again automatically, and how often.",
        "Say by what a connection is known to be unfit for another request.",
    ),
    text="""\
Opening a connection for every request is slow, so a gateway may keep its upstream connections and use them again. With
that, faults learn to travel in time. What goes wrong after one answer strikes the next request, which may come from
another client and be about something else.

The most famous of them is a race. An upstream closes a connection that has been idle too long. At the same moment the
gateway sends a request on it. Each of them was right when it acted. The request is lost, and the end of the connection
is all that the gateway ever hears. If it happens once in a thousand requests, people search for it for weeks. Here it
happens every time, because the upstream waits until the request is on the wire.

A lost GET may be sent again: to read twice does no harm. A lost POST should not be, because nobody knows whether it was
lost before it was read or after. And a second try that fails is not followed by a third.

The second fault is an answer with the wrong length. If it is too short, the answer never ends. If it is too long for
its length, something is left over, and lies there until the next request comes. Answers have no number and no address:
they belong to requests by their order alone. One answer too many, and everybody after it gets somebody else's.

So whoever keeps connections had better mistrust them. What has bytes on it that nobody asked for is closed. What has
ended, or said that it will end, is not used. In case of doubt a new connection costs a little time, and an old one
perhaps a bicycle.""",
    order=(
        "two_on_one_connection",
        "closed_while_idle",
        "race_with_a_get",
        "race_with_a_post",
        "race_lost_twice",
        "close_announced",
        "http_1_0",
        "http_1_0_keep_alive",
        "leftovers_while_idle",
        "empty_line_while_idle",
        "leftovers_after_the_next_request",
        "answer_without_a_question",
    ),
)
