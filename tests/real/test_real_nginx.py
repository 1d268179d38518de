"""nginx as the origin behind the gateway: what it says is said, and what it breaks off is told."""

from collections.abc import Iterator

import pytest

from tests.real.curl import curl
from tests.real.programs import Gateway, Program, gateway, needed, reserved_address

TEXT = ("--header", "Accept: text/plain")
PAGE = b"".join(b"line %d of a page that nginx serves\n" % number for number in range(2_000))
LARGE = bytes(range(256)) * 20_000

CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log stderr notice;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    types {{ text/plain txt; }}
    server {{
        listen {address};
        root {folder}/files;
        gzip_proxied any; gzip_http_version 1.0; gzip_min_length 1; gzip_types text/plain;
        location /packed/ {{ alias {folder}/files/; gzip on; }}
        location /silent {{ return 444; }}
        location /moved {{ return 301 /page.txt; }}
        location /small {{ client_max_body_size 10; return 200 "taken"; }}
    }}
}}
"""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program, folder = needed("nginx"), tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    files = folder / "files"
    files.mkdir()
    (files / "page.txt").write_bytes(PAGE)
    (files / "large").write_bytes(LARGE)
    with reserved_address() as address:
        configuration = folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(folder=folder, address=address))
        with Program(program, "-p", folder, "-c", configuration, "-e", "stderr") as running:
            running.says("getrlimit")  # it listens by then
            running.url = f"http://{address}"
            yield running


@pytest.fixture(scope="module")
def running(nginx: Program) -> Iterator[Gateway]:
    with gateway(nginx.url) as between:
        yield between


def test_a_page_and_that_it_has_not_changed(running: Gateway) -> None:
    answer = curl(f"{running.url}/page.txt")
    assert (answer.exit, answer.status, answer.content) == (0, 200, PAGE)
    assert answer.value("Server").startswith("nginx")
    assert answer.value("Content-Length") == str(len(PAGE))
    again = curl("--header", f"If-None-Match: {answer.value('ETag')}", f"{running.url}/page.txt")
    assert (again.status, again.content, again.value("ETag")) == (304, b"", answer.value("ETag"))
    head = curl("--head", f"{running.url}/page.txt")
    assert (head.exit, head.status, head.value("Content-Length")) == (0, 200, str(len(PAGE)))


def test_parts_of_a_file(running: Gateway) -> None:
    part = curl("--range", "256-511", f"{running.url}/large")
    assert (part.status, part.content) == (206, LARGE[256:512])
    assert part.value("Content-Range") == f"bytes 256-511/{len(LARGE)}"
    several = curl("--range", "0-0,2-2", f"{running.url}/large")
    assert several.status == 206
    assert several.value("Content-Type").startswith("multipart/byteranges; boundary=")
    outside = curl("--range", f"{len(LARGE)}-", f"{running.url}/large")
    assert (outside.status, outside.value("Content-Range")) == (416, f"bytes */{len(LARGE)}")
    assert curl(f"{running.url}/large").content == LARGE


def test_chunks_made_while_packing(running: Gateway) -> None:
    answer = curl("--compressed", f"{running.url}/packed/page.txt")
    assert (answer.exit, answer.content, answer.value("Transfer-Encoding")) == (0, PAGE, "chunked")
    old = curl("--http1.0", "--header", "Accept-Encoding: gzip", "--compressed", f"{running.url}/packed/page.txt")
    assert (old.exit, old.content, old.value("Transfer-Encoding")) == (0, PAGE, "")


def test_its_own_refusals_are_relayed(running: Gateway) -> None:
    for status, arguments in {
        404: ["/nothing"], 405: ["--data", "x", "/page.txt"], 301: ["/moved"], 413: ["--data", "x" * 11, "/small"],
        400: ["--header", "If-Match: " + "x" * 9_000, "/page.txt"],
    }.items():  # fmt: skip
        *options, path = arguments
        answer = curl(*options, running.url + path)
        assert (answer.exit, answer.status) == (0, status)
        assert answer.value("Server").startswith("nginx")
        assert "error=" not in answer.value("Proxy-Status")


def test_it_closes_without_a_word(nginx: Program) -> None:
    """`return 444` is nginx's own: the connection is closed."""
    with gateway(nginx.url) as running:
        answer = curl(*TEXT, f"{running.url}/silent")
        assert answer.status == 502
        assert ";error=connection_terminated;" in answer.value("Proxy-Status")
        running.logged(1)
