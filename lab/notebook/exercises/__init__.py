"""The checks of the notebooks' exercises: one module for each notebook, by its name without its number.

A right answer is computed, from what was performed or from the standard's data, wherever that is possible.
"""
