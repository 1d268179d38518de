# earns: Scenario is not known yet: begin with `from lab import *`
"""A title.

A story.
"""

scenario = Scenario()
