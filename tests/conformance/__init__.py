"""`make conformance`: the public suite of tests for HTTP caches, on the reference gateway and on caches in the field.

The suite is the npm package `http-cache-tests`, pinned in package.json. It says of itself that it is no proof of
conformance, and that its tests are of three kinds: what the standard requires, what an optimal cache would do, and
what one merely wants to know. So the table counts the kinds apart, and says what each cache failed.
"""
