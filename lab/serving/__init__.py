"""Starts and stops what is healthy: an application on Hypercorn, in this process, on the running loop.

`lab.serving.server` serves an application, `lab.serving.sockets` listens and breaks connections, `lab.serving.signals`
waits for SIGINT or SIGTERM. Only the first of them loads Hypercorn, so each is imported by its own name.
"""
