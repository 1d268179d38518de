"""The cells of the table, one module for each row: `cells(comparison)` gives the cell of 502 and that of 304.

No sentence stands fast: each says what was measured, or that something else was measured instead.
"""
