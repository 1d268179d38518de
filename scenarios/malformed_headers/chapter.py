from lab.scenario import Chapter

chapter = Chapter(
    title="Before the empty line: malformed header sections",
    goals=(
        "Read a status line and field lines byte by byte, and say what is wrong with them.",
        "Say which damage a recipient may repair, which it must refuse, and what it may never pass on.",
        "Find out where an answer ends when Content-Length and Transfer-Encoding do not agree.",
    ),
    text="""\
An answer begins with a status line and field lines, and an empty line ends them. Everything that follows is understood
by what stands there: what kind of answer it is, how long it is, whether it may be stored. So damage in these lines is
never small.

Begin with the field lines. A line without a colon, a name that is no name, a value that is folded or holds a byte that
does not belong there: read each of them as a stranger would, and you will find a second way to read it. That is the
whole danger. A gateway is one reader in a row of several, and whoever wants to do harm looks for two that read the same
bytes differently. So for the most dangerous kinds of damage the standard names what a recipient may do: refuse, or make
one certain repair. Passing the damage on is hardly ever an option.

Next come sizes. No standard says how long is too long, every recipient does, and what counts is what it says when its
limit is reached.

The heaviest damage is in the two fields that say where the answer ends. If Content-Length is no number, or two numbers,
if Transfer-Encoding says the same thing twice or something unknown, then nobody knows where the next answer begins, and
one client may be given what was meant for another. Here there is almost nothing to repair.

The status line comes last. Three digits decide everything; spaces and words around them may be forgiven.

In each story ask: how many ways are there to read this? Which of them may a gateway choose? And does its client still
have the choice?""",
    order=(
        # field lines
        "no_colon", "empty_name", "bad_name_character", "space_before_colon", "folded_line", "space_before_first_field",
        "nul_in_value", "bare_cr", "bare_lf", "line_feed_in_value", "not_ascii",
        # sizes
        "grown_cookie", "huge_field", "grown_section", "huge_section", "three_hundred_lines",
        # where the answer ends
        "content_length_no_number", "content_length_plus", "content_lengths_conflict", "content_length_twice",
        "content_length_overflow", "transfer_encoding_twice", "transfer_encoding_with_length",
        "transfer_encoding_unknown", "chunked_not_last", "transfer_encoding_in_http_1_0",
        # the status line
        "words_first", "empty_lines_first", "status_not_three_digits", "status_out_of_range", "status_never_seen",
        "spaces_in_status_line", "reason_phrase_missing", "space_after_code_missing", "reason_phrase_lies",
    ),
)
