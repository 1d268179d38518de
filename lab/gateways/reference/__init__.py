"""The reference gateway: ours, small and honest. It says what happened in the standard's own words.

    client - front/ - application - asking - exchange - pool, connection - upstream

`front` speaks to the client. `application` has an answer to every request, and may say each in a line (`access`).
`asking` is how the upstream comes to be asked, with what `request_fields` made of a request: an `exchange` takes a
connection of the `pool`, sends the content (`upload`), reads the response, strictly or with repairs (`answer`), and
passes it on (`relay`) to its `recipient`, to a client made over (`response_fields`); where both have switched
protocols, bytes go both ways (`tunnelling`). The pool leaves alone what is marked down (`marking`), and opens
connections (`dialling`): it finds addresses (`resolving`), tries one or several (`racing`), tells of the client
(`proxy_protocol`) and shakes hands (`secured`). What goes wrong is a `failure`, which `proxy_status` and `pages` put
into words. `cache/` stores and answers from its store, where it is wanted. `adapter` starts it all for a performance
(`set_up`), `standalone` for anybody (`told`).
"""

from lab.gateways.reference.adapter import Reference

__all__ = ["Reference"]
