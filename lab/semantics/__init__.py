"""How fields of RFC 9110 and 9111 are read: dates, entity tags, preconditions, ranges, and directives of caches.

`dates` HTTP-date; `etags` entity tags and their two comparisons; `preconditions` the conditions of a request, in their
order; `ranges` the byte ranges of a representation; `directives` what caches are told, and `statuses` what a status
code tells them. Values in, values out: nothing here knows a clock or opens a socket. What comes from a wire is
ill-formed at times: it is then left out, as the clauses have it, and nothing raises.
"""
