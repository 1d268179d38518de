from lab.scenario import Chapter

chapter = Chapter(
    title="Copies and 304: who says that nothing has changed?",
    goals=(
        "Say of any answer whether it came from the upstream or from a store, and how old it is.",
        "Read a 304: who has made it, what it says of which copy, and what it leaves as it was.",
        "Say when a copy may be used without asking, when it has to be asked for, and when there must be none.",
    ),
    text="""\
Up to now the gateway has asked the upstream each time. From now on it may have a cache: a store in which it keeps
copies of answers. That makes it faster, and it changes one thing that seemed certain. There are now three who can have
made an answer: the upstream, the gateway, and the store, which gives what the upstream said some time ago.

A copy has a name, an age and a lifetime. The name is the ETag, in quotes. The age is counted from when the origin made
the answer, and stands in Age. The lifetime is what the upstream allows: max-age=60 is a minute. As long as the age is
below the lifetime, the copy is fresh, and may be used without asking. Afterwards it is stale. A stale copy is not bad.
Nobody knows what it is, until somebody asks.

That question is the conditional request: send it, unless it is still "v1". There are two answers to it. 200 says that
it is another one now, and brings it. 304 says that it is still the same, and brings nothing. A 304 is about a copy that
somebody else holds, and this is where the confusion begins. The client may hold one, and the gateway another. So one
answer can be a 304 on the upstream connection and a 200 on the client connection, or the reverse: a 304 that no
upstream has ever written. Look at both connections before you say who said it.

Begin with the first five stories, in their order. They go through one life of one copy: fetched, used, grown old, asked
for, found good, replaced. Then come the words by which an upstream forbids: no-store, private, no-cache, Vary. Then
conditions in detail, and there is much of that: a list of names, a star, weak and strong, a name against a date, and a
304 that speaks of another copy than one thinks. Many of these stories are about mistakes that people really make. Then
whom a copy is for, how long it lasts, and how a part is cut out of it. In the end a new answer is an error, or half an
answer, and the question is what is in the store afterwards.

A cache need not keep anything. That is why many expectations here are of the form: if there is a copy, then this. One
that stores nothing keeps all the rules, and helps nobody. What a cache says of itself stands in Cache-Status. Read it
after you have guessed.""",
    order=(
        "fetch_again",
        "too_old",
        "both_have_a_copy",
        "both_ask",
        "changed_meanwhile",
        "no_copy_yet",
        "not_to_be_kept",
        "for_one_person",
        "ask_each_time",
        "two_languages",
        "behind_the_question_mark",
        "after_a_change",
        "reload",
        "only_if_you_have_it",
        "news_with_a_304",
        # which condition counts
        "date_that_agrees",
        "name_that_agrees",
        "one_of_three",
        "weak_is_enough",
        "any_will_do",
        "by_date_alone",
        "no_date_at_all",
        "date_of_the_answer",
        "create_only",
        "for_the_origin_alone",
        "not_modified_for_a_post",
        # what a 304 says, and of which copy
        "old_words_stay",
        "nothing_but_a_number",
        "length_in_a_304",
        "coding_in_a_304",
        "tag_of_another_copy",
        "tag_of_the_client",
        "two_copies_one_question",
        # names and dates that deceive
        "name_of_the_bytes",
        "compressed_and_plain",
        "suffix_on_the_name",
        "file_of_1970",
        "rolled_back",
        "twice_in_a_second",
        # which copy is for whom
        "any_time_anew",
        "same_in_other_words",
        "two_origins",
        "vary_forgotten",
        "for_her_alone",
        "key_for_a_public_page",
        "cookie_in_a_copy",
        "all_but_one_field",
        "field_not_to_be_reused",
        "only_if_understood",
        "get_with_content",
        # how long
        "already_old",
        "two_lifetimes",
        "for_shared_caches",
        "expired_in_words",
        "nothing_said",
        "no_older_than",
        "stale_is_fine",
        "old_word_for_reload",
        "old_now_new_soon",
        "word_for_a_few",
        "word_for_others",
        # parts, and answers without content
        "part_of_a_copy",
        "part_if_the_same",
        "weak_for_a_part",
        "condition_before_range",
        "part_then_whole",
        "head_from_a_copy",
        "head_confirms",
        "head_brings_news",
        # several at once, changes, errors, and halves
        "another_page_too",
        "all_at_once",
        "shared_by_mistake",
        "error_without_a_word",
        "error_for_a_minute",
        "first_was_half",
        "half_a_report",
    ),
)
