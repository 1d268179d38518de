"""The certificates that an upstream can show: a closed list, by what is wrong with them."""

from enum import StrEnum
from typing import Self


class Certificate(StrEnum):
    """One kind of certificate, with one fault or none.

    `says`: one plain sentence. `refused`: every client that verifies finds it invalid; a gateway is an automated
    client, and SHOULD then terminate the connection (RFC 9110, 4.3.4). What is wrong with a later kind (revoked, meant
    for another use, signed with SHA-1) is one more member here and one more recipe in `lab.certificates`.
    """

    says: str
    refused: bool

    def __new__(cls, value: str, says: str, refused: bool = True) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        member.refused = refused
        return member

    VALID = (
        "valid",
        "All is right: signed by an authority that the client trusts, within its time, and for the name asked for.",
        False,
    )
    EXPIRED = "expired", "Its time is over: it was valid until yesterday."
    NOT_YET_VALID = "not-yet-valid", "Its time has not come: it will be valid in a year."
    WRONG_NAME = "wrong-name", "It is made out to another name than the one asked for."
    UNTRUSTED = "untrusted", "It was signed by an authority that the client does not know."
    SELF_SIGNED = "self-signed", "It signed itself, so nobody vouches for it."
    MISSING_INTERMEDIATE = (
        "missing-intermediate",
        "It would be valid, but the server leaves out the certificate between it and the authority.",
    )
