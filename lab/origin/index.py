"""The page that says what an origin has."""

from collections.abc import Mapping
from html import escape

from lab.origin.resources import Resource

_ROW = '<tr><td><a href="{path}">{path}</a></td><td>{says}</td><td>{cached}</td></tr>'


def index_page(resources: Mapping[str, Resource], url: str) -> bytes:
    """HTML: a row for each resource, and what else can be asked. `url`: where the origin is asked, without a slash."""
    rows = "\n".join(
        _ROW.format(path=escape(path), says=escape(resource.says), cached=escape(_cached(resource)))
        for path, resource in resources.items()
    )
    return _PAGE.replace("{rows}", rows).replace("{url}", escape(url)).encode()


def _cached(resource: Resource) -> str:
    """What its answers say to caches."""
    fields = {"Cache-Control": resource.cache_control, "Vary": resource.vary, **resource.fields}
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return "; ".join(lines + ["Expires"] * (resource.expires is not None))


_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>A healthy origin</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 5vh auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid }
td, code { overflow-wrap: anywhere }
td:first-child { min-width: 6.5rem }
pre { padding: 1rem; border: 1px solid; border-radius: .5rem; overflow: auto }
</style>
<h1>A healthy origin</h1>
<p>This server does nothing wrong. It is here so that you can see what caches make of its answers. Each resource
below says something else to them. Fetch one, and ask again with the entity tag that came with it:</p>
<pre>
# 200, and an ETag
curl -i {url}/news
# 304: what you have is still right
curl -i {url}/news -H 'If-None-Match: "..."'
# now it has changed: the same question is answered with 200
curl -i -X PUT {url}/news --data "At last."
</pre>
<p>To put a cache between, start <code>badgateway gateway --cache --upstream {url}</code>, and ask that:
Cache-Status says what it did.</p>
<table>
<tr><th>resource<th>what it is for<th>what it says to caches
{rows}
</table>
<h2>And besides</h2>
<table>
<tr><td>/bytes/1048576<td>So many octets, up to 1 TiB; ranges of them, too.
<tr><td>/status/503<td>An answer with this status code (400 to 599).
<tr><td>/status/502?max-age=60<td>The same, with this Cache-Control; /bytes takes one, too.
<tr><td><a href="/_asked">/_asked</a><td>What this server was asked, and what it answered (JSON). DELETE forgets it.
<tr><td>/_failing<td>PUT a status code such as 503, or 502 max-age=60, and every resource is answered with it; DELETE
heals them.
</table>
"""
