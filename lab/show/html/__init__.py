"""A page of performances for a browser: one document, without script, that fetches nothing.

`page` streams it: `contents` is the table at its head, `overview` several performances in one picture; `performance`
tells of one, out of the parts beside it: `prose`, `changed`, `expected`, `wire`, `hex`. `told` is what it is made of.
Whatever came over a wire is escaped by `lab.show.markup`.
"""
