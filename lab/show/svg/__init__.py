"""Pictures as SVG: one document each, nothing fetched, for a light screen, a dark one and paper.

`kit` what every picture is made of; `colours` the one style sheet; `measure` how wide text is.
"""
