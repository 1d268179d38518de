"""A peer that is right in the place of one that is wrong: there, and reached in the same way."""

import pytest

from lab.script import AnyPeer, BlackHole, Close, Peer, Refuse, Send, UnixSocket, repaired_peer

RIGHT = [Send(b"right")]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (Refuse(wrong="Nobody.", right=RIGHT), Peer(RIGHT)),
        (BlackHole(wrong="Nobody.", right=RIGHT), Peer(RIGHT)),
        (Peer([Close()], wrong="It closes.", right=RIGHT), Peer(RIGHT)),
        (Peer([Close()], wrong="In plain text.", right=Peer(RIGHT, secure=True)), Peer(RIGHT, secure=True)),
        (Peer(RIGHT, first_address="silent", wrong="Nobody.", right=RIGHT), Peer(RIGHT, first_address="listens")),
        (UnixSocket(found="absent", wrong="Nobody.", right=RIGHT), UnixSocket(RIGHT)),
        (UnixSocket([Close()], wrong="It closes.", right=RIGHT), UnixSocket(RIGHT)),
    ],
)
def test_what_is_marked_is_replaced(wrong: AnyPeer, right: AnyPeer) -> None:
    assert repaired_peer(wrong) == right


@pytest.mark.parametrize("peer", [Refuse(), BlackHole(), UnixSocket(found="stale")])
def test_nobody_stays_nobody(peer: AnyPeer) -> None:
    assert repaired_peer(peer) is peer


def test_a_marked_step_is_repaired_where_it_is_played() -> None:
    mended = repaired_peer(UnixSocket([Close(wrong="It closes.", right=RIGHT[0])], server_name="a.test"))
    assert isinstance(mended, UnixSocket)
    assert (mended.found, mended.server_name) == ("listening", "a.test")


@pytest.mark.parametrize(
    ("peer", "listens"),
    [(Peer(RIGHT), True), (UnixSocket(RIGHT), True), (UnixSocket(found="full"), False), (Refuse(), False)],
)
def test_who_listens(peer: AnyPeer, listens: bool) -> None:
    assert peer.listens is listens
