# earns: the file has no scenario = Scenario(...)
"""A title.

A story.
"""
from lab import *

scenarios = []
