"""A performance as a short film, for slides: values in, text out.

`values` what a film is; `reading` how long a caption stays; `story` the film of one scenario; `guide` the words of the
guide to 502 and 304, and `guided` that film, in which every claim is held against what was performed; `timeline` which
element is there when, drawn by `lanes`, `strip`, `board` and `panel`; `animation` all of it as SVG that moves, and one
moment of it as SVG that does not; `page` the same as HTML; `chapters` its marks for a video.
"""
