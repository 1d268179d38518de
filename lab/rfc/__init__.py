"""The standards, as facts: sections, error types, cache parameters. Data and look-ups only."""

from lab.rfc.clause import RFC, clause_error

__all__ = ["RFC", "clause_error"]
