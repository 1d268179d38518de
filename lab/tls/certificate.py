"""The certificates that an upstream can show: a closed list, by what is wrong with them."""

from enum import StrEnum


class Certificate(StrEnum):
    """One kind of certificate, with one fault or none.

    What is wrong with a later kind (revoked, meant for another use, signed with SHA-1) is one more member here, with
    its sentence, and one more recipe in `lab.certificates`.
    """

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    WRONG_NAME = "wrong-name"
    UNTRUSTED = "untrusted"
    SELF_SIGNED = "self-signed"
    MISSING_INTERMEDIATE = "missing-intermediate"

    @property
    def says(self) -> str:
        """What is wrong with it (or that nothing is), in one plain sentence."""
        return _SENTENCES[self]

    @property
    def refused(self) -> bool:
        """Every client that verifies finds it invalid. A gateway is an automated client, and SHOULD then terminate
        the connection (RFC 9110, 4.3.4)."""
        return self is not Certificate.VALID


_SENTENCES = {
    Certificate.VALID: "All is right: an authority that the client trusts, within its time, for the name asked for.",
    Certificate.EXPIRED: "Its time is over: it was valid until yesterday.",
    Certificate.NOT_YET_VALID: "Its time has not come: it will be valid in a year.",
    Certificate.WRONG_NAME: "It is made out to another name than the one asked for.",
    Certificate.UNTRUSTED: "It was signed by an authority that the client does not know.",
    Certificate.SELF_SIGNED: "It signed itself, so nobody vouches for it.",
    Certificate.MISSING_INTERMEDIATE: (
        "It would be valid, but the server leaves out the certificate between it and the authority."
    ),
}
