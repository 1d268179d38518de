"""The checks of notebook 05: right once, wrong in several ways, and three dots are no answer."""

import pytest

from lab import Close, ReceiveRequest, Send, StartTLS, tls
from lab.notebook import perform_all
from lab.notebook.exercises import protocol_mismatch as exercise
from lab.notebook.exercising import State

pytestmark = pytest.mark.anyio

WHO = {"A": "SSH", "B": "TLS", "C": "Redis", "D": "HTTP/2", "E": "SMTP", "F": "HTTP/1"}


async def test_the_strangers_are_who_the_exercise_says() -> None:
    shown = (await exercise.meet_strangers()).text.splitlines()
    begins = {"A": "SSH-", "B": r"\x15\x03", "C": "-ERR", "D": r"\x00\x00\x00\x04", "E": "220 ", "F": "HTTP/1"}
    for letter, first in begins.items():
        row = next(line for line in shown if line.startswith(f"{letter} "))
        assert row.split("b'")[1].startswith(first)


def test_recognised_is_every_stranger_by_its_protocol() -> None:
    assert exercise.recognised(WHO).state is State.RIGHT
    for wrong in (
        {**WHO, "A": "SMTP", "E": "SSH"},
        {**WHO, "B": "HTTP/2"},
        {**WHO, "C": "a database"},
        {"A": "SSH"},
        ["SSH"],
    ):
        assert exercise.recognised(wrong).state is State.LOOK_AGAIN
    assert exercise.recognised({**WHO, "A": ...}).state is State.NOT_YET


@pytest.mark.parametrize("alert", [tls.Alert.HANDSHAKE_FAILURE, tls.Alert.PROTOCOL_VERSION])
def test_alert_named_is_the_one_in_the_record(alert: tls.Alert) -> None:
    data = tls.alert(alert)
    assert exercise.alert_named(alert.registered, data).state is State.RIGHT
    assert exercise.alert_named(alert.name, data).state is State.RIGHT
    assert exercise.alert_named(alert, data).state is State.RIGHT
    for wrong in (int(alert), "close_notify", "alert", b"\x28"):
        assert exercise.alert_named(wrong, data).state is State.LOOK_AGAIN
    assert exercise.alert_named(alert.registered, b"HTTP/1.1").state is State.LOOK_AGAIN
    assert exercise.alert_named(..., data).state is State.NOT_YET


def test_length_in_a_frame_is_made_of_three_letters() -> None:
    assert exercise.length_in_a_frame(0x485454, b"HTTP/1.1 200 OK\r\n").state is State.RIGHT
    for wrong in (b"HTT", 3, 0x545448, 0x48545450, "4740180"):
        assert exercise.length_in_a_frame(wrong, b"HTTP/1.1 200 OK\r\n").state is State.LOOK_AGAIN


async def test_versions_are_what_the_client_gets() -> None:
    got = {"http_1_0": 200, "wrong_major_version[HTTP/3.0]": 502, "higher_minor_version": 200}
    assert (await exercise.versions(got, list(got))).state is State.RIGHT
    for wrong in ({**got, "http_1_0": 502}, {**got, "wrong_major_version[HTTP/3.0]": 200}, 200, {}, {"http_1_0": 200}):
        assert (await exercise.versions(wrong, list(got))).state is State.LOOK_AGAIN
    in_quotes = await exercise.versions({name: str(status) for name, status in got.items()}, list(got))
    assert "without quotes" in in_quotes.text
    assert (await exercise.versions({**got, "http_1_0": ...}, list(got))).state is State.NOT_YET


async def test_other_protocols_counts_who_spoke_and_not_http() -> None:
    runs = await perform_all(["first/nobody_home", "malformed_headers/no_colon", "protocol_mismatch/redis"])
    assert exercise.other_protocols(1, runs).state is State.RIGHT
    for wrong in (0, 2, 3, "one"):
        assert exercise.other_protocols(wrong, runs).state is State.LOOK_AGAIN
    assert exercise.other_protocols(..., runs).state is State.NOT_YET


OK = Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 5\r\n", b"\r\n", b"hello")


async def test_secured_is_an_answer_inside_tls() -> None:
    assert (await exercise.secured([StartTLS(), ReceiveRequest(), OK])).state is State.RIGHT
    for wrong in (
        [ReceiveRequest(), OK],
        [StartTLS(), ReceiveRequest(), Close()],
        [StartTLS(alpn=("h2",), refuse_alpn=True), ReceiveRequest(), OK],
        [StartTLS("expired"), ReceiveRequest(), OK],
        [b"hello"],
        b"hello",
    ):
        assert (await exercise.secured(wrong)).state is State.LOOK_AGAIN
    assert (await exercise.secured([...])).state is State.NOT_YET
