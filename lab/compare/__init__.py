"""502 against 304: both experiments performed live, and one table of what was measured.

`visits` what clients with a cache of their own (`private_cache`) ask, and what they are shown; `upstreams` what is done
behind the gateway; `pair` the visits that are compared; `remedies` what people do about a 502; `stages` failures at
each stage of the HTTP cycle; `beliefs` what people say of a 304, and `savings` how many bytes it saves; `causes` what
the catalogue's faults end in; `results` what a claim comes to; `comparison` all of it as a value; `table` and `cells/`
the seven rows. All of these are pure: `performing` and `places` alone meet a gateway.
"""
