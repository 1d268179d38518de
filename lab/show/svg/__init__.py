"""Pictures as SVG: one document each, nothing fetched, for a light screen, a dark one and paper.

`kit` what every picture is made of; `colours` the one style sheet, `tones` what a colour is for; `measure` how wide a
text is. The sequence diagram: `rows` what is drawn, of what `abridged` leaves, with the `openings` of connections, and
what `under` and `store` say; `layout` where; `drawing`, `endings` and `brackets` how; `below` the answers; `sequence`
all of it as one picture.
Others: `waterfall` the stages; `multiple` one scenario on many gateways; `matrix` and `heat` many at a glance.
"""
