"""What a failure of the upstream means to the cache. Pure."""

from dataclasses import replace

from lab.gateways.reference.failure import Failure
from lab.gateways.reference.proxy_status import proxy_status
from lab.h1 import Field
from lab.rfc.conditions import Condition, Stage

_NOT_THE_UPSTREAMS = frozenset(
    {Condition.LOOP, Condition.REQUEST, Condition.DENIED, Condition.INTERNAL, Condition.INTERNAL_RESPONSE}
)
_NO_ANSWER = frozenset(
    {Condition.NO_BYTE, Condition.FIRST_BYTE_TIMEOUT, Condition.READ_TIMEOUT, Condition.RESPONSE_TIMEOUT}
)


def of_the_upstream(failure: Failure) -> bool:
    """Whether the upstream failed, rather than the request or this gateway."""
    return failure.condition not in _NOT_THE_UPSTREAMS


def unreachable(failure: Failure) -> bool:
    """Whether there was no answer of the upstream's, rather than an invalid one."""
    return failure.row.stage is not Stage.RESPONSE or failure.condition in _NO_ANSWER


def with_status(failure: Failure, status: int | None) -> Failure:
    """The same for one more answer, with this status code in place of its own; None: its own."""
    return replace(failure, override=status)


def beside_stale(failure: Failure, name: str) -> Field:
    """Proxy-Status on a stale response that is sent in place of the failure.

    It did not come of the failure, so a type of error that says that this gateway generated the response is left to the
    details (RFC 9209, 2.1.1).
    """
    return Field(b"Proxy-Status", proxy_status(failure, name, generated=False))
