"""The gateway in front of an application on Hypercorn, asked by Python's http.client: many requests, many clients."""

import http.client
from concurrent.futures import ThreadPoolExecutor

from tests.real.programs import DEADLINE, Gateway
from tests.real.raw import connected, rest

MANY, PIPELINED = 1_000, 300
CLIENTS, EACH = 50, 20


def connection(to: Gateway) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(*to.address, timeout=DEADLINE)


def lines(number: int) -> bytes:
    """What /number/N answers."""
    return b"%d\n" % number * number


def ask(client: http.client.HTTPConnection, number: int) -> str:
    """Ask for a number, look at the answer, and give the upstream connection on which it came."""
    client.request("GET", f"/number/{number}")
    response = client.getresponse()
    assert (response.status, response.read()) == (200, lines(number))
    return response.headers["X-Port"]


def test_a_thousand_requests_on_one_connection(before_application: Gateway) -> None:
    client = connection(before_application)
    client.connect()
    mine = client.sock
    upstream_connections = {ask(client, number) for number in range(MANY)}
    assert client.sock is mine
    client.close()
    assert len(upstream_connections) <= 2  # Hypercorn ends one after its thousandth request, earlier ones included


def test_many_requests_that_do_not_wait_for_an_answer(before_application: Gateway) -> None:
    """Pipelined: the answers come in the order of the requests (RFC 9112, 9.3.2)."""
    request = b"GET /number/%d HTTP/1.1\r\nHost: a\r\n\r\n"
    asked = [number % 50 for number in range(PIPELINED)]
    with connected(before_application.address) as client, ThreadPoolExecutor(1) as beside:
        sending = beside.submit(client.sendall, b"".join(request % number for number in asked) + b"QUIT\r\n\r\n")
        answers = rest(client).split(b"HTTP/1.1 ")[1:]
        sending.result()
    contents = [answer.partition(b"\r\n\r\n")[2] for answer in answers]
    assert contents[:-1] == [lines(number) for number in asked]
    assert answers[-1].startswith(b"400 ")  # the last of them was none


def test_many_clients_at_once(before_application: Gateway) -> None:
    def ask_for_many(first: int) -> set[str]:
        client = connection(before_application)
        upstream_connections = {ask(client, first + number) for number in range(EACH)}
        client.close()
        return upstream_connections

    with ThreadPoolExecutor(CLIENTS) as clients:
        used = set[str]().union(*clients.map(ask_for_many, range(CLIENTS)))
    assert 1 <= len(used) <= CLIENTS  # none of them was needed by more than one client at a time, and all were kept


def test_an_answer_to_an_upload_and_one_to_head_leave_the_connection_in_order(before_application: Gateway) -> None:
    client = connection(before_application)
    for _ in range(20):
        client.request("POST", "/seen", body=(piece for piece in [b"a" * 5_000, b"b"]), encode_chunked=True,
                       headers={"Transfer-Encoding": "chunked"})  # fmt: skip
        assert b'"length":5001' in client.getresponse().read()
        client.request("HEAD", "/number/7")
        response = client.getresponse()
        assert (response.status, response.headers["Content-Length"], response.read()) == (200, "14", b"")
        ask(client, 3)
    client.close()
