# earns: this is not Python
"""A title.

A story.
"""
from lab import *

scenario = Scenario(
