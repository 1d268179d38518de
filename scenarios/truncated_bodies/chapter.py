from lab.scenario import Chapter

chapter = Chapter(
    title="After the empty line: is this all?",
    goals=(
        "Say of any answer what tells its end: its kind, a length, chunks, or the close of the connection.",
        "Tell a complete answer from a fragment, also where both begin with 200 OK.",
        "Say when a gateway can still answer 502, and what is left to it afterwards.",
    ),
    text="""\
The status line of an answer goes out before all the rest of it, and cannot be taken back. What breaks before it went
out can become a 502. What breaks afterwards stays a 200, and only the end of the answer can show that something is
missing. This chapter is about ends.

There are four. Some answers never have content. Some say beforehand how many bytes will come. Some come in chunks, each
with its size, until a chunk of size zero. And some just last until the connection is closed. Go through them and cut
each one short: politely, with a close, and rudely, with a reset. Three of the four show every cut. The fourth does not
show the polite one, and that is a good reason to prefer the others.

Some stories exist twice. In the first, the damage comes at once: a gateway that holds answers back, even for a moment,
still has everything in its own hands. In the second, whose name ends in later, the upstream waits until the client has
begun to read. The fault is the same, the outcome need not be. That is the lesson: not only what breaks decides, but
what the client has already been told.

Behind the last chunk there may be field lines once more, the trailer section. They come too late to decide anything, so
they must not be put in front, and not everybody passes them on.

Then look at the other side of the end. Bytes that come after it are no answer: behind a 204, behind the answer to
HEAD, behind the announced length. It is the other way round, too: the answer to HEAD and a 304 may announce a length
behind which nothing comes. And one story is not about bytes at all, for a length can be kept and the content still be
damaged.

Play this chapter a second time with a gateway that buffers (--gateway reference-buffer). Which of the cut 200s become
a 502, and what does that cost?""",
    order=(
        # a length
        "content_length_short", "content_length_short_later", "content_length_short_reset",
        "content_length_short_reset_later",
        # chunks
        "last_chunk_missing", "last_chunk_missing_later", "old_client", "cut_inside_a_chunk", "chunk_size_invalid",
        "chunk_size_invalid_later", "chunk_longer_than_its_size", "chunk_size_overflow",
        # over HTTP/2
        "given_up_on_its_stream", "one_stream_breaks",
        # behind the last chunk
        "trailers_relayed", "trailers_unasked", "trailer_missing", "trailer_out_of_place", "trailer_with_a_length",
        "cut_inside_trailers", "trailer_section_too_large", "huge_trailer",
        # not even a header section
        "header_section_cut", "header_section_cut_reset",
        # the close of the connection
        "close_delimited_close", "close_delimited_reset", "close_delimited_tls", "length_without_closure_alert",
        # more than all
        "more_than_announced", "no_content_with_content", "length_with_204", "head_with_content",
        # less than announced, and rightly
        "head_with_a_length", "not_modified_with_a_length",
        # complete, and wrong
        "gzip_corrupt",
    ),
)
