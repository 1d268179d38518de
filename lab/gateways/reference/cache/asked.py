"""The client's request, as the cache reads it and asks the upstream: nothing that goes into the key, or that a response
is selected by, is said to the upstream in another way."""

from lab.gateways.reference.cache.engine import Asked
from lab.gateways.reference.cache.engine.uris import normal_authority
from lab.gateways.reference.front import Front
from lab.h1 import Fields


def asked_by(front: Front, default_authority: bytes) -> Asked:
    """`default_authority`: whom a request asks that names nobody."""
    authority = normal_authority(front.authority or default_authority, secure=front.secure)
    return Asked(front.method, front.origin_form, front.secure, authority, _end_to_end(front.fields), front.length != 0)


def _end_to_end(fields: Fields) -> Fields:
    """Without the field lines that Connection names, which do not reach the upstream (RFC 9110, 7.6.1): a response
    would else be stored as the one to values that it was not made for."""
    options = fields.tokens(b"connection")
    return fields.without(*options) if options else fields
