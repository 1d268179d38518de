"""The standards, as facts. Data and look-ups only.

`clause` a clause as a value; `sections` which sections exist; `errors` the error types of Proxy-Status; `conditions`
from what a gateway saw to such a type; `cache_status` the parameters of Cache-Status; `keywords` MUST and SHOULD, and
the roles that a gateway plays.
"""

from lab.rfc.clause import RFC, clause_error
from lab.rfc.errors import ERROR_TYPES, ErrorType

__all__ = ["ERROR_TYPES", "RFC", "ErrorType", "clause_error"]
