"""What a gateway may be seen to do: expectations, and the predicates that decide them."""

from lab.expect.expectations import (
    OPPOSITES,
    Expectation,
    Fitting,
    Follows,
    Must,
    MustNot,
    Question,
    Should,
    ShouldNot,
)
from lab.expect.predicates import (
    Answers,
    Asked,
    CacheSays,
    Complete,
    Disguised,
    Either,
    Got,
    HasField,
    MadeBy,
    Not,
    Predicate,
    Reports,
    predicate,
)

__all__ = [
    "OPPOSITES", "Answers", "Asked", "CacheSays", "Complete", "Disguised", "Either", "Expectation", "Fitting",
    "Follows", "Got", "HasField", "MadeBy", "Must", "MustNot", "Not", "Predicate", "Question", "Reports", "Should",
    "ShouldNot", "predicate",
]  # fmt: skip
