"""A page of performances for a browser: one document, without script, that fetches nothing.

`page` streams it: `contents` is the table at its head, `performance` tells of one, out of the parts beside it: `prose`,
`expected`, `wire`, `hex`. `numbers` counts verdicts. Whatever came over a wire is escaped by `lab.show.markup`.
"""
