"""The cache of the reference gateway: what it stores, for how long, and what it answers from its store (RFC 9111).

`engine` decides, and does nothing else.
"""
