"""The failure that an anomaly in a response is. Pure."""

from lab.gateways.reference.failure import Failure
from lab.h1 import Anomaly, Kind, Limits
from lab.rfc.conditions import Condition

# Condition to the parameters that its error type defines (RFC 9209, 2.3): for the name, and for the size.
_PARAMETERS = {
    Condition.FIELD_TOO_LARGE: ("header-name", "header-size"),
    Condition.SECTION_TOO_LARGE: ("", "header-section-size"),
    Condition.CONTENT_TOO_LARGE: ("", "body-size"),
    Condition.TRAILER_FIELD_TOO_LARGE: ("trailer-name", "trailer-size"),
    Condition.TRAILER_SECTION_TOO_LARGE: ("", "trailer-section-size"),
    Condition.TRANSFER_CODING_UNKNOWN: ("coding", ""),
    Condition.TRANSFER_CODING_INVALID: ("coding", ""),
}


def refusal(anomaly: Anomaly, limits: Limits) -> Failure:
    """The condition that the anomaly belongs to, with as much as is known for its error type."""
    condition = Condition(anomaly.kind.condition)
    name, size = _PARAMETERS.get(condition, ("", ""))
    extras: dict[str, int | str] = {}
    if condition is Condition.CHUNK_SYNTAX:
        extras["coding"] = "chunked"
    if name and anomaly.name:
        extras[name] = anomaly.name.decode("latin-1")
    if size and anomaly.size is not None and not _counts_lines(anomaly, limits):
        extras[size] = anomaly.size
    return Failure(condition, str(anomaly), extras)


def _counts_lines(anomaly: Anomaly, limits: Limits) -> bool:
    """Whether there were too many field lines, rather than too large ones: the parameters are sizes in bytes."""
    if anomaly.kind is Kind.TRAILER_SECTION_TOO_LARGE:
        return (anomaly.size or 0) <= limits.trailer_section
    return anomaly.kind is Kind.TOO_MANY_FIELDS
