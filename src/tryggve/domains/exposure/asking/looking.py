"""Looking at all of the firm's domains or sites at once: one that hangs delays none of the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from tryggve.domains.exposure import mail_hosts
from tryggve.domains.exposure.asking import handshake, name_service
from tryggve.domains.exposure.asking.fetching import Fetching
from tryggve.domains.exposure.asking.handshake import Door
from tryggve.domains.exposure.asking.name_service import NameService, Server
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.engine import encryption, mail, visit
from tryggve.domains.exposure.engine.encryption import LineFindings
from tryggve.domains.exposure.engine.mail import Asked, MailFindings
from tryggve.domains.exposure.engine.questions import Unread
from tryggve.domains.exposure.engine.visit import Place, SiteFindings
from tryggve.domains.exposure.engine.web import Unfetched

_STS_PATH = "/.well-known/mta-sts.txt"
# A visit asks for one or two names.
_SECONDS_FOR_NAMES = 8.0
_Key = TypeVar("_Key")
_Task = TypeVar("_Task")
_Found = TypeVar("_Found")


def mail_of(
    asked: Mapping[_Key, Asked],
    *,
    servers: Sequence[Server],
    reach: Reach,
    in_all: float = name_service.SECONDS_IN_ALL,
) -> dict[_Key, MailFindings | Unread]:
    """What stands about the mail of each, or why that can't be known; together within the seconds and one fetch."""

    def look(one: Asked) -> MailFindings:
        asks = NameService(servers, in_all=in_all)

        def policy_of(name: str) -> str | None:
            return Fetching(asks, reach).text_at(Place(True, f"mta-sts.{name}", _STS_PATH))

        return mail.look(asks, policy_of, mail_hosts.known(), one)

    return _each(asked, look)


def sites_of(
    hosts: Mapping[_Key, str], *, own: Iterable[str], servers: Sequence[Server], reach: Reach, at: datetime
) -> dict[_Key, SiteFindings | Unread]:
    """What visitors meet at each, or why that can't be known; ``own`` are names that a site may lead to."""
    names = tuple(own)

    def look(host: str) -> SiteFindings:
        fetching = Fetching(NameService(servers, in_all=_SECONDS_FOR_NAMES), reach)
        return visit.visit(fetching.fetch, host, own=names, at=at)

    return _each(hosts, look)


def lines_to(
    doors: Mapping[_Key, Door], *, servers: Sequence[Server], reach: Reach, at: datetime
) -> dict[_Key, LineFindings | Unread]:
    """How safe the way to each is, or why that can't be known."""

    def look(door: Door) -> LineFindings:
        try:
            found = handshake.shake(NameService(servers, in_all=_SECONDS_FOR_NAMES), door, reach)
        except Unfetched as unfetched:
            return LineFindings((unfetched.hole,))
        return encryption.judged(found, at)

    return _each(doors, look)


def _each(tasks: Mapping[_Key, _Task], look: Callable[[_Task], _Found]) -> dict[_Key, _Found | Unread]:
    def told(task: _Task) -> _Found | Unread:
        try:
            return look(task)
        except Unread as unread:
            return unread

    if not tasks:
        return {}
    with ThreadPoolExecutor(max_workers=len(tasks)) as side_by_side:
        return dict(zip(tasks, side_by_side.map(told, tasks.values()), strict=True))
