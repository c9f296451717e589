"""TLS that cannot be trusted, does not come about, or is not spoken at all."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from functools import cache, partial

import trustme

from neptun_conformance.exchange import FailureKind
from tests.resilience.hostile.peer import Peer, Run, hostile

TLS = FailureKind.TLS
AUTHORITY = cache(trustme.CA)


def context(name: str = "127.0.0.1", *, days: int = 30) -> ssl.SSLContext:
    """Make a certificate that is valid for so many days from now, or was that many days ago."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    end = datetime.now(UTC) + timedelta(days=days)
    AUTHORITY().issue_cert(name, not_after=end).configure_cert(made)
    return made


def self_signed() -> ssl.SSLContext:
    """Use an authority's own certificate, which nobody else vouches for, as the server's."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = AUTHORITY()
    with authority.private_key_pem.tempfile() as key, authority.cert_pem.tempfile() as certificate:
        made.load_cert_chain(certificate, key)
    return made


async def _empty(peer: Peer) -> None:
    await peer.request()
    await peer.answer(b"{}")


@hostile(TLS, run=Run.UNREACHABLE, scheme="https", tls=context)
async def unknown_authority(peer: Peer) -> None:
    """A certificate from an authority that nobody knows."""
    await _empty(peer)


@hostile(TLS, run=Run.UNREACHABLE, scheme="https", tls=self_signed)
async def vouches_for_itself(peer: Peer) -> None:
    """A self-signed certificate."""
    await _empty(peer)


@hostile(TLS, run=Run.UNREACHABLE, scheme="https", tls=partial(context, days=-1))
async def expired(peer: Peer) -> None:
    """A certificate that ended yesterday."""
    await _empty(peer)


@hostile(TLS, run=Run.UNREACHABLE, scheme="https", tls=partial(context, "other.test"))
async def wrong_name(peer: Peer) -> None:
    """A certificate for another host."""
    await _empty(peer)


@hostile(TLS, run=Run.UNREACHABLE, scheme="https")
async def plain_where_tls_is_wanted(peer: Peer) -> None:
    """HTTP on a port that is asked for TLS."""
    await peer.read(1)
    await peer.answer(b"", status="400 Bad Request")


@hostile(FailureKind.DROPPED, run=Run.UNREACHABLE, tls=context)
async def tls_where_plain_is_wanted(peer: Peer) -> None:
    """TLS on a port that is asked for HTTP."""
    await _empty(peer)


@hostile(TLS, run=Run.UNREACHABLE, scheme="https", hangs=True)
async def handshake_never_ends(peer: Peer) -> None:
    """A handshake that is begun and never answered."""
    await peer.read(1)
    await peer.wait_for_ever()


@hostile(TLS, run=Run.UNREACHABLE, scheme="https")
async def handshake_reset(peer: Peer) -> None:
    """A handshake that ends in a reset."""
    await peer.read(1)
    peer.reset()


@hostile(TLS, run=Run.UNREACHABLE, scheme="https")
async def handshake_alert(peer: Peer) -> None:
    """A handshake that the server refuses."""
    await peer.read(1)
    await peer.send(b"\x15\x03\x03\x00\x02\x02\x28")
