"""What is watched, and what was last found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django_stubs_ext import StrOrPromise

from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.controls.models import Exemption
from tryggve.domains.exposure import mail_hosts, mail_words, web_words
from tryggve.domains.exposure.asking.name_service import Server
from tryggve.domains.exposure.engine import names
from tryggve.domains.exposure.engine.ladder import Rung
from tryggve.domains.exposure.engine.mail import Asked, Level
from tryggve.domains.exposure.engine.troubles import Advice, Trouble
from tryggve.domains.exposure.engine.web import Hole, Tip
from tryggve.domains.exposure.models import Domain, DomainReading, Resolver, Site, SiteReading
from tryggve.lib.errors import Missing

# The control that is about whose name mail comes in.
ABOUT_MAIL = "MAI-01"


@dataclass(frozen=True, slots=True)
class WatchedDomain:
    """A domain with what was last read about it; ``read_at`` None: nothing yet."""

    id: UUID
    asked: Asked
    read_at: datetime | None = None
    troubles: tuple[Trouble, ...] = ()
    advice: tuple[Advice, ...] = ()
    level: Level = Level.NOTHING
    rung: Rung = Rung.NO_RECORD
    rung_since: datetime | None = None

    @property
    def shown(self) -> str:
        return names.shown(self.asked.name)

    @property
    def mends(self) -> Sequence[StrOrPromise]:
        """What is wrong, in words."""
        return [mail_words.TROUBLES[one] for one in self.troubles]

    @property
    def betters(self) -> Sequence[StrOrPromise]:
        """What would be better still, in words."""
        return [mail_words.ADVICE[one] for one in self.advice]


@dataclass(frozen=True, slots=True)
class WatchedSite:
    """A site with what visitors last met there; ``read_at`` None: nothing yet."""

    id: UUID
    host: str
    read_at: datetime | None = None
    holes: tuple[Hole, ...] = ()
    tips: tuple[Tip, ...] = ()
    ends_at: datetime | None = None

    @property
    def shown(self) -> str:
        return names.shown(self.host)

    @property
    def mends(self) -> Sequence[StrOrPromise]:
        """What is wrong, in words."""
        return [web_words.HOLES[one] for one in self.holes]

    @property
    def betters(self) -> Sequence[StrOrPromise]:
        """What would be better still, in words."""
        return [web_words.TIPS[one] for one in self.tips]


@dataclass(frozen=True, slots=True)
class Removed:
    """A domain or a site that was taken away and can be taken back."""

    id: UUID
    shown: str
    is_site: bool
    removed_at: datetime


class NotWatched(Missing):
    """There is none of that id, or not any more."""


def domains() -> Sequence[WatchedDomain]:
    """All that are watched, the first added first. One question."""
    return [_domain(domain) for domain in Domain.objects.filter(removed_at=None).select_related("reading")]


def sites() -> Sequence[WatchedSite]:
    """All that are watched, the first added first. One question."""
    return [_site(site) for site in Site.objects.filter(removed_at=None).select_related("reading")]


def domain(id: UUID) -> WatchedDomain:
    """One of them. Raises NotWatched. One question."""
    found = Domain.objects.filter(removed_at=None).select_related("reading").filter(pk=id).first()
    if found is None:
        raise NotWatched(id)
    return _domain(found)


def site(id: UUID) -> WatchedSite:
    """One of them. Raises NotWatched. One question."""
    found = Site.objects.filter(removed_at=None).select_related("reading").filter(pk=id).first()
    if found is None:
        raise NotWatched(id)
    return _site(found)


def removed(*, since: datetime) -> Sequence[Removed]:
    """What isn't watched any more and was taken away after that, the latest first. Two questions."""
    names_of = Domain.objects.filter(removed_at__gt=since).values_list("pk", "name", "removed_at")
    hosts_of = Site.objects.filter(removed_at__gt=since).values_list("pk", "host", "removed_at")
    gone = [
        Removed(id, names.shown(name), is_site, at)
        for is_site, rows in ((False, names_of), (True, hosts_of))
        for id, name, at in rows
        if at is not None
    ]
    return sorted(gone, key=lambda one: one.removed_at, reverse=True)


def is_anything_watched() -> bool:
    """Whether the firm has told of a domain, or had one and took it away. One question."""
    return Domain.objects.exists()


def is_answered() -> bool:
    """The same, or that it has none. At most two questions."""
    return is_anything_watched() or Exemption.objects.filter(control=ABOUT_MAIL, ended_at=None).exists()


def resolvers() -> tuple[Server, ...]:
    """Whom the firm chose to ask; none means whom the computer asks."""
    return tuple(Server(address, port) for address, port in Resolver.objects.values_list("address", "port"))


def suggested_domains() -> tuple[str, ...]:
    """Of owners' and captains' mail addresses the domains that nobody watches yet. Two questions."""
    people = User.objects.filter(is_active=True, role__in=[Role.OWNER, Role.CAPTAIN]).order_by("pk")
    lent = mail_hosts.known().lent
    known = set(Domain.objects.values_list("name", flat=True))
    found = (names.own_domain_of(address, lent=lent) for address in people.values_list("email", flat=True))
    return tuple(dict.fromkeys(name for name in found if name and name not in known))


def _domain(domain: Domain) -> WatchedDomain:
    asked = Asked(domain.name, domain.kind == Domain.Kind.SENDS, tuple(domain.selectors))
    reading: DomainReading | None = getattr(domain, "reading", None)
    if reading is None:
        return WatchedDomain(domain.pk, asked)
    return WatchedDomain(
        domain.pk,
        asked,
        reading.read_at,
        tuple(Trouble(code) for code in reading.troubles),
        tuple(Advice(code) for code in reading.advice),
        Level(reading.level),
        Rung(reading.rung),
        reading.rung_since,
    )


def _site(site: Site) -> WatchedSite:
    reading: SiteReading | None = getattr(site, "reading", None)
    if reading is None:
        return WatchedSite(site.pk, site.host)
    return WatchedSite(
        site.pk,
        site.host,
        reading.read_at,
        tuple(Hole(code) for code in reading.holes),
        tuple(Tip(code) for code in reading.tips),
        reading.ends_at,
    )
