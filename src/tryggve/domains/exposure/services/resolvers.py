"""Whom Tryggve asks what stands in the name service."""

import ipaddress
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.exposure import actions
from tryggve.domains.exposure.asking.name_service import Server
from tryggve.domains.exposure.models import Resolver
from tryggve.lib.errors import Refusal

USUAL_PORT = 53
MOST_SERVERS = 3
_GREATEST_PORT = 65535


class NotAServer(Refusal):
    """It is no address that a question could be sent to."""

    sentence: ClassVar = _(
        "“%(told)s” is no address of a name server. Nothing was changed. Write it as in 9.9.9.9 or 2620:fe::fe, "
        "at most three of them; none means those that this computer uses."
    )


@transaction.atomic
def choose(*, servers: Iterable[str], actor: str, at: datetime) -> None:
    """Ask these, the first one first; none: those of the computer. Raises NotAServer.

    Another port than the usual is told after a ``#``, as resolvers' own settings have it.
    """
    read = [_server(told.strip()) for told in dict.fromkeys(servers) if told.strip()]
    if len(read) > MOST_SERVERS:
        raise NotAServer(told=read[MOST_SERVERS][0])
    Resolver.objects.all().delete()
    Resolver.objects.bulk_create(
        Resolver(address=address, port=port, rank=rank) for rank, (address, port) in enumerate(read)
    )
    audit.record(actions.RESOLVERS_CHANGED, actor=actor, at=at, servers=len(read))


def told(server: Server) -> str:
    """A server as it is chosen."""
    return server.address if server.port == USUAL_PORT else f"{server.address}#{server.port}"


def _server(told: str) -> tuple[str, int]:
    address, _sep, port = told.partition("#")
    try:
        read, number = ipaddress.ip_address(address), int(port or USUAL_PORT)
    except ValueError:
        raise NotAServer(told=told) from None
    if read.is_multicast or read.is_unspecified or not 0 < number <= _GREATEST_PORT:
        raise NotAServer(told=told)
    return str(read), number
