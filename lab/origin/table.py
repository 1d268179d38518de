"""The resources that an origin has unless it is given others: one for everything that an answer can say to caches."""

from lab.origin.resources import WRITTEN, Resource

_NEWS = b"Nothing has happened yet.\n"
_LINES = b"".join(b"Line %3d of a text that becomes much smaller in gzip.\n" % number for number in range(1, 201))


def _stored(says: str, cache_control: str, **more: str) -> Resource:
    """A resource that differs from the others in what it says to caches."""
    return Resource(_NEWS, WRITTEN, says, cache_control=cache_control, fields=more, changeable=True)


RESOURCES = {
    "/report": Resource(
        b"All is well.\n", WRITTEN, "Fresh for an hour. Nobody can change it.", cache_control="max-age=3600"
    ),
    "/news": Resource(
        _NEWS, WRITTEN, "Stale at once: whoever stored it has to ask whether it still holds.",
        cache_control="max-age=0", changeable=True,
    ),
    "/letters": Resource(
        b"POST a line here, and it is added to /news.\n", WRITTEN,
        "A POST changes /news, and says so in Location: a cache has to forget both.", adds_to="/news",
    ),
    "/latest": Resource(
        b"All is well.\n", WRITTEN, "The same as /report, and says so in Content-Location.",
        fields={"Content-Location": "/report"},
    ),
    "/etag/strong": Resource(
        _NEWS, None, "An entity tag that changes with each octet, and no date.", cache_control="no-cache",
        changeable=True,
    ),
    "/etag/weak": Resource(
        _NEWS, None, "A weak entity tag: it stays the same where only white space changes.", cache_control="no-cache",
        tag="weak", changeable=True,
    ),
    "/etag/none": Resource(
        _NEWS, WRITTEN, "Last-Modified alone, which knows no parts of seconds.", cache_control="no-cache", tag="none",
        changeable=True,
    ),
    "/no-validator": Resource(
        _NEWS, None, "Neither entity tag nor date: it can never be a 304.", cache_control="max-age=0", tag="none",
        changeable=True,
    ),
    "/gzip": Resource(
        _LINES, WRITTEN, "In gzip to those who accept it, with another entity tag.", compressed=True, changeable=True
    ),
    "/language": Resource(
        b"Good morning.\n", WRITTEN, "In English or German, by Accept-Language.",
        translations={"de": b"Guten Morgen.\n"},
    ),
    "/vary-any": _stored("Depends on what no request says: it fits no later one.", "max-age=60", Vary="*"),
    "/max-age": _stored("Fresh for a minute, in every cache.", "max-age=60"),
    "/s-maxage": _stored("Fresh for a minute in shared caches, stale at once in browsers.", "s-maxage=60, max-age=0"),
    "/no-cache": _stored("May be stored; to be validated before each use.", "no-cache"),
    "/no-store": _stored("Not to be stored by anybody.", "no-store"),
    "/private": _stored("For the cache of one user alone.", "private, max-age=60"),
    "/public": _stored("For every cache, whoever asks.", "public, max-age=60"),
    "/must-revalidate": _stored("Never to be used once it is stale.", "max-age=0, must-revalidate"),
    "/proxy-revalidate": _stored("The same, for shared caches alone.", "max-age=0, proxy-revalidate"),
    "/stale-while-revalidate": _stored(
        "Stale at once; may be used for a minute all the same, while it is validated.",
        "max-age=0, stale-while-revalidate=60",
    ),
    "/stale-if-error": _stored(
        "Stale at once; may be used for an hour all the same, where the origin fails.", "max-age=0, stale-if-error=3600"
    ),
    "/immutable": _stored("Will not change while it is fresh: a reload need not ask.", "max-age=60, immutable"),
    "/must-understand": _stored(
        "To be stored by caches that know what its status code asks of them.", "must-understand, no-store, max-age=60"
    ),
    "/qualified/no-cache": _stored(
        "May be reused, but Set-Cookie of it not without validating.", 'no-cache="Set-Cookie", max-age=60',
        **{"Set-Cookie": "visitor=1"},
    ),
    "/qualified/private": _stored(
        "Shared caches may store all of it but Set-Cookie.", 'private="Set-Cookie", max-age=60',
        **{"Set-Cookie": "visitor=1"},
    ),
    "/targeted": _stored(
        "Stale at once, except for caches that CDN-Cache-Control means.", "max-age=0",
        **{"CDN-Cache-Control": "max-age=60"}
    ),
    "/expires": Resource(
        _NEWS, WRITTEN, "Fresh for a minute by Expires.", cache_control="", expires=60, changeable=True
    ),
    "/expired": Resource(_NEWS, WRITTEN, "Has expired an hour ago.", cache_control="", expires=-3600, changeable=True),
    "/heuristic": Resource(
        _NEWS, WRITTEN, "Says nothing of freshness: a cache may guess from its age.", cache_control="", changeable=True
    ),
}  # fmt: skip
