"""Where a session is used: in which networks and countries this person has shown a second factor before.

A network is looked up once for a session; then it lies in Django's session, which is fetched anyway.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from tryggve.accounts import networks
from tryggve.accounts.models import KnownNetwork, User
from tryggve.accounts.networks import Network

# Where Django's session keeps them.
SESSION_KEY = "networks"
_KEPT = 10


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of the network that a session is used at; None: no address file says it."""

    country: str | None
    is_hosting: bool | None
    is_known: bool = False
    is_known_country: bool = False
    is_confirmed: bool = False


def sight_of(session: SessionBase, *, user: User, address: str) -> Sight:
    """What is known of where the session is used now; asked again only while it is new to this person."""
    tag = networks.tag_of(address)
    kept = _kept(session, tag)
    if kept is not None and kept.is_known and (kept.country is None or kept.is_known_country):
        return kept
    sight = kept or _unseen(networks.network_of(address))
    sight = replace(sight, is_known=_knows(user, tag), is_known_country=_knows_country(user, sight.country))
    if sight != kept:
        _keep(session, tag, sight)
    return sight


def is_strange(user: User, network: Network) -> bool:
    """Whether somebody who is known elsewhere comes from a new country, or from a new network of a hosting company."""
    if _knows(user, network.tag) or not KnownNetwork.objects.filter(user=user).exists():
        return False
    is_new_country = network.country is not None and not _knows_country(user, network.country)
    return is_new_country or bool(network.is_hosting)


@transaction.atomic
def note_signed_in(session: SessionBase, *, user: User, network: Network, at: datetime) -> None:
    """The second factor was used at this network to sign in: it is known from now on, unless it is strange.

    A code that somebody was lured into typing on another page comes from there, too: it takes a second one.
    """
    if not is_strange(user, network):
        _note(user, network, at)
        _keep(session, network.tag, replace(_unseen(network), is_known=True, is_known_country=True))


@transaction.atomic
def note_confirmed(session: SessionBase, *, user: User, network: Network, at: datetime) -> None:
    """The second factor was used once more at this network: network and country are known from now on."""
    _note(user, network, at)
    known = replace(_unseen(network), is_known=True, is_known_country=True, is_confirmed=True)
    _keep(session, network.tag, known)


def _note(user: User, network: Network, at: datetime) -> None:
    known, is_new = KnownNetwork.objects.get_or_create(
        user=user,
        tag=network.tag,
        defaults={"country": network.country or "", "first_seen_at": at, "last_seen_at": at},
    )
    if not is_new:
        known.country, known.last_seen_at = network.country or known.country, at
        known.save(update_fields=["country", "last_seen_at"])


def _unseen(network: Network) -> Sight:
    return Sight(network.country, network.is_hosting)


def _knows(user: User, tag: str) -> bool:
    return KnownNetwork.objects.filter(user=user, tag=tag).exists()


def _knows_country(user: User, country: str | None) -> bool:
    return country is not None and KnownNetwork.objects.filter(user=user, country=country).exists()


def _kept(session: SessionBase, tag: str) -> Sight | None:
    kept: dict[str, Any] | None = session.get(SESSION_KEY, {}).get(tag)
    return None if kept is None else Sight(**kept)


def _keep(session: SessionBase, tag: str, sight: Sight) -> None:
    others = [one for one in session.get(SESSION_KEY, {}).items() if one[0] != tag]
    session[SESSION_KEY] = dict([*others, (tag, asdict(sight))][-_KEPT:])
