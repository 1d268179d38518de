from lab.scenario import Chapter

chapter = Chapter(
    title="304, 502, or the old copy? When the upstream fails at the moment of asking",
    goals=(
        "Say what a gateway with a stale copy may do when its upstream answers, fails, or is silent.",
        "Read from a copy what it allows in bad times, and what it forbids.",
        "Tell a copy that was validated from one that is merely old, and an outage that is hidden from none.",
        "Say what must not happen to a good copy while its upstream is broken.",
    ),
    text="""\
A copy in a store has two times. While it is fresh, nobody is asked. When it is stale, the upstream is asked whether
it still holds: this is the moment that this chapter is about. If the upstream says 304, the copy is good again, and the
client gets the report, or a 304 of its own if it has the same copy. If the upstream fails just then, there is a copy,
and there is an error, and one client that can be given only one of them.

Which one, the copy itself should say. Without a word in it, a stale copy is for a cache that is cut off. With
stale-if-error it may stand in for an error, for as long as was said. With must-revalidate it may not be used at all,
and then it is the standard that names the error: 504 if nobody can be reached, 502 if the answer makes no sense, and
the upstream's own error if it has one. Play a story for each of its variants and lay the answers side by side: the
same upstream, the same fault, and a 200, a 304, a 502 or a 504.

A 304 can be broken, too. It may bring content, or a length that is not the copy's, or speak of a copy that nobody has.
Ask each time what the gateway now knows about its own copy. Often the right answer is: nothing.

Then look at what is left in the store. The worst that can happen in an outage is not an error. It is a good copy that
is replaced by half a new one, or by the error itself, and that is still wrong when the upstream has long been well. So
many stories have one more act: the upstream is back, and somebody asks. What cures an outage is that next question, and
nothing that anybody clears.

And look at the price of a stale answer: it is a success for whoever reads it, and so nobody is told. Age and
Cache-Status tell, and a log. Find in each story the first moment at which somebody could have noticed.""",
    order=(
        # the moment of asking
        "confirmed", "server_error", "nobody_home", "hangs_up", "resets", "says_nothing", "garbage",
        "header_section_cut", "length_is_no_number", "question_lost_on_a_kept_connection", "certificate_expires_first",
        # what is in the store afterwards
        "cut_in_the_content", "malformed_chunk", "gone", "error_from_afar", "waited_elsewhere", "kept_error",
        "change_that_failed",
        # what the copy allows, and what it forbids
        "which_errors_count", "permission_runs_out", "permission_and_prohibition", "must_ask_and_nobody_is_there",
        "must_ask_and_hears_nonsense", "must_ask_and_hears_an_error", "must_ask_and_is_kept_waiting",
        # what the client allows
        "permission_of_the_client", "client_that_takes_it_old", "only_from_the_store",
        # a 304 that is broken
        "with_content", "false_length", "invalid_field_line", "another_answer_behind_it", "another_etag", "unasked",
        # behind the client's back
        "error_behind_its_back", "trouble_behind_its_back", "fragment_behind_its_back",
        "too_late_to_ask_behind_its_back",
        # other questions
        "only_the_fields", "a_part_of_the_copy", "nothing_to_ask_by", "three_ask_and_it_hangs_up",
        "three_ask_and_it_breaks", "copy_behind_the_error_page",
        # and it is over
        "back_again",
    ),
)
