"""The cache of the reference gateway: what it stores, for how long, and what it answers from its store (RFC 9111).

    client - caching - flight - the gateway's exchange with its upstream
                |         |
             sending <- body, store

`engine` decides, and does nothing else; `store` keeps responses, and a `body` is the content of one, read while it is
written. `caching` does with each request what the engine decides: it has it answered from the store (`sending`), joins
it to a `flight`, which is one request to the upstream for all who may share its response, or lets it go past the store
(`passing`). `asked` is a request as all of these read it. A flight's `landing` is what came of it; `failing` says what
a failure of the upstream means. What all of them need are the `parts`. The cache is told its `settings`, by the command
line through `told`.
"""
