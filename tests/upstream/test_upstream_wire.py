"""What is kept of a connection under TLS: its octets as they were, and the secrets that decrypt them; else nothing."""

import contextlib
import os
import ssl
import tempfile
from collections import deque
from pathlib import Path

import pytest

from lab.certificates import client_context, server_context
from lab.client import Asker
from lab.script import Close, Pause, ReceiveRequest, Send, StartTLS
from lab.serving.sockets import bound_socket
from lab.transcript import CLIENT_HOP, Event, What
from lab.upstream import Recording
from lab.upstream.key_log import key_log
from tests.upstream.wire import HELLO, REQUEST, Playing, SecureWire, Wire, playing

pytestmark = pytest.mark.anyio

SCRIPT = [StartTLS(), ReceiveRequest(), Send(HELLO), Close()]


class Tapped(Wire):
    """Keeps what goes both ways."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire.sock)
        self.wrote = self.got = b""

    async def send(self, data: bytes) -> None:
        self.wrote += data
        await super().send(data)

    async def read(self) -> bytes:
        data = await super().read()
        self.got += data
        return data


def kept(record: Recording, *, sent: bool) -> bytes:
    return b"".join(each.data for each in record.wire if each.sent is sent)


def logging(tmp_path: Path, context: ssl.SSLContext) -> Path:
    """The log of the other end, which is not the lab's."""
    context.keylog_filename = str(tmp_path / "theirs.log")
    return tmp_path / "theirs.log"


def lines(log: Path) -> set[str]:
    return {line for line in log.read_text().splitlines() if not line.startswith("#")}


async def exchange(played: Playing, context: ssl.SSLContext) -> Tapped:
    tapped = Tapped(await played.connect())
    wire = SecureWire(tapped, context, "upstream.test")
    await wire.shake_hands()
    await wire.send(REQUEST)
    assert (await wire.to_the_end())[0] == HELLO
    return tapped


@pytest.mark.parametrize("version", ["1.2", "1.3"])
async def test_the_octets_and_the_secrets(version: str, tmp_path: Path) -> None:
    context = client_context(verify=False, oldest=version, newest=version, alpn=("own",))
    log = logging(tmp_path, context)
    async with playing([StartTLS(oldest=version, newest=version), *SCRIPT[1:]]) as played:
        tapped = await exchange(played, context)
        record = played.record
        assert kept(record, sent=True) == tapped.got
        assert kept(record, sent=False) == tapped.wrote
        assert set(record.secrets) == lines(log)
        assert len(record.secrets) == len(set(record.secrets))
        assert [each.at for each in record.wire] == sorted(each.at for each in record.wire)
        first = record.wire[0]
        assert (first.data, first.hop, first.connection, first.peer) == (b"", 1, 1, 1)
    context.keylog_filename = None  # type: ignore[assignment]


async def test_of_several_connections_each_has_its_own() -> None:
    async with playing(SCRIPT) as played:
        taps = [await exchange(played, client_context(verify=False)) for _ in range(3)]
        for number, tapped in enumerate(taps, 1):
            own = b"".join(each.data for each in played.record.wire if each.connection == number and each.sent)
            assert own == tapped.got
        assert len({line.split()[1] for line in played.record.secrets}) == 3


async def test_a_handshake_that_fails(tmp_path: Path) -> None:
    context = client_context(alpn=("strict",))
    log = logging(tmp_path, context)
    async with playing([StartTLS(certificate="expired"), ReceiveRequest()]) as played:
        tapped = Tapped(await played.connect())
        with pytest.raises(ssl.SSLError):
            await SecureWire(tapped, context, "upstream.test").shake_hands()
        await played.happened(What.HANDSHAKE_FAILED)
        assert kept(played.record, sent=False) == tapped.wrote
        handshake = {line for line in lines(log) if "HANDSHAKE" in line}
        assert handshake
        assert handshake <= set(played.record.secrets)
    context.keylog_filename = None  # type: ignore[assignment]


async def test_octets_before_tls_are_in_the_events_alone() -> None:
    async with playing([Pause(0.03), *SCRIPT]) as played:
        tapped = await exchange(played, client_context(verify=False))
        [early] = [event for event in played.record.events if event.what is What.RECEIVED][:1]
        assert early.at < played.record.wire[0].at
        assert early.data + kept(played.record, sent=False) == tapped.wrote


async def test_without_tls_there_is_none() -> None:
    async with playing([ReceiveRequest(), Send(HELLO), Close()]) as played:
        wire = await played.connect()
        await wire.send(REQUEST)
        await wire.to_the_end()
        assert (played.record.wire, played.record.secrets) == ([], [])


async def test_what_is_too_much_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lab.upstream.recording.MOST_WIRE", 1_000)
    async with playing(SCRIPT) as played:
        await exchange(played, client_context(verify=False))
        wire = played.record.wire
        assert sum(len(each.data) for each in wire) <= 1_000
        assert [place for place, each in enumerate(wire) if not each.data] == [0, len(wire) - 1]


def test_a_recording_that_goes_on_for_ever_keeps_none() -> None:
    recent: deque[Event] = deque(maxlen=3)
    record = Recording(recent)
    record.taken_over(1, 1, 1)
    record.octets(1, 1, 1, sent=True, data=b"x")
    record.connected(1, 1, 1)
    assert not record.keeps_wire
    assert (record.wire, record.connecting) == ([], [])


def test_a_sealed_recording_keeps_no_more() -> None:
    record = Recording()
    record.seal()
    record.taken_over(1, 1, 1)
    record.octets(1, 1, 1, sent=True, data=b"x")
    record.secret(["line"])
    record.connected(1, 1, 1)
    assert (record.wire, record.secrets, record.connecting) == ([], [], [])


async def test_when_a_client_begins_to_connect() -> None:
    async with playing(SCRIPT) as played:
        record, asker = played.record, Asker(played.record)
        asker.connection.request = 2
        await asker.connection.connect(played.addresses[0])
        [connecting] = record.connecting
        opened = next(event for event in record.events if event.what is What.OPENED and event.hop == CLIENT_HOP)
        assert 0 < connecting.at < opened.at
        assert (connecting.act, connecting.request, connecting.connection) == (1, 2, opened.connection)
        with bound_socket() as nobody:
            await Asker(record).connection.connect(nobody.getsockname()[:2])
        failed = record.connecting[1]
        assert (failed.connection, failed.at < record.events[-1].at) == (0, True)
        asker.connection.abort()


def shake_hands(context: ssl.SSLContext, other: ssl.SSLContext) -> list[str]:
    """The secrets of one handshake, as the end with `context` tells them."""
    ours, theirs, ours_out, theirs_out = ssl.MemoryBIO(), ssl.MemoryBIO(), ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(ours, ours_out, server_side=True)
    client = other.wrap_bio(theirs, theirs_out, server_hostname="upstream.test")
    told: list[str] = []
    for _ in range(3):
        for end, out, way in ((client, theirs_out, ours), (server, ours_out, theirs)):
            with key_log(context) as secrets, contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
            told += secrets
            way.write(out.read())
    return told


@pytest.mark.parametrize("in_memory", [True, False])
def test_nothing_is_left_of_the_log(in_memory: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not in_memory:
        monkeypatch.delattr(os, "memfd_create", raising=False)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    context, other = server_context(), client_context(verify=False)
    shake_hands(context, other)
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    assert {line.split()[0] for line in shake_hands(context, other)} >= {"CLIENT_TRAFFIC_SECRET_0"}
    assert before in (0, len(os.listdir("/proc/self/fd")))
    assert context.keylog_filename is None
    assert list(tmp_path.iterdir()) == []


def test_where_there_can_be_no_log_there_is_a_handshake_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError("no file")

    monkeypatch.setattr(os, "memfd_create", refuse, raising=False)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert shake_hands(server_context(), client_context(verify=False)) == []
