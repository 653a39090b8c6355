"""What a customer reads on the own page. Each look is in the log, as the customer's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit import actors, registry
from tryggve.audit import selectors as log
from tryggve.audit import services as audit
from tryggve.audit.details import Told
from tryggve.audit.models import Entry
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import plain_values
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.selectors import looks
from tryggve.domains.rights.selectors.requests import packages
from tryggve.privacy import registry as holdings
from tryggve.privacy import services as privacy
from tryggve.privacy.export import Part
from tryggve.privacy.subjects import Kind, Subject

# Only what whoever reads the mailbox may see. Consents, requests and looks have pages of their own. Notes, documents,
# raw rows of lists and sensitive details are handed out in a package, after somebody made sure who asks and looked
# whether they tell of others (GDPR art. 12(6) and 15(4)).
_SHOWN = frozenset({"customers.register", "customers.relations", "outreach.mailings", "rights.keeping"})
_MOST_LOOKS = 1000


@dataclass(frozen=True, slots=True)
class HeldPart:
    """What is kept together: a title, since when, from where, and its lines by their titles."""

    title: StrOrPromise
    since: datetime | None
    source: StrOrPromise
    lines: Sequence[tuple[StrOrPromise, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class HeldThing:
    """One holding with what it has about the customer, and how long it keeps that."""

    title: StrOrPromise
    kept_until: StrOrPromise
    parts: Sequence[HeldPart]


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody read the customer's data; ``who`` is a role, and a name where the company shows names."""

    at: datetime
    who: str
    what: StrOrPromise
    reason: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the customer's, and by when it is answered."""

    id: UUID
    kind: str
    state: str
    is_open: bool
    received_on: date
    due_on: date
    has_package: bool


def my_data(customer: UUID, *, at: datetime) -> list[HeldThing]:
    """What is shown without anybody having looked first: the card, and what was sent. Raises as exporters do."""
    whose = Subject(Kind.CUSTOMER, customer)
    found = [
        HeldThing(one.title, one.retention.until, parts)
        for one in holdings.holdings(Kind.CUSTOMER)
        if one.code in _SHOWN and (parts := [_part(part) for part in privacy.parts_of(one, whose)])
    ]
    note(customer, "data", at=at)
    return found


def my_requests(customer: UUID, *, at: datetime) -> list[Request]:
    """The newest first."""
    note(customer, "requests", at=at)
    return [
        Request(
            row.pk,
            row.get_kind_display(),
            row.get_state_display(),
            row.state == Case.State.OPEN,
            row.received_on,
            row.due_on,
            row.state == Case.State.DONE and packages.is_for_own_page(row.pk, customer=customer),
        )
        for row in Case.objects.filter(customer_ref=customer).order_by("-received_on", "-pk")
    ]


def who_has_looked(customer: UUID, *, at: datetime) -> list[Look]:
    """The newest first, with reasons where any were given. A customer may know when and why, and by what role.

    CJEU C-579/21 (Pankki S): names of employees aren't owed, as long as the rights can be used without.
    """
    wanted = log.Filter(subject=customer, codes=looks.LOOKS)
    entries = log.newest_entries(limit=_MOST_LOOKS, wanted=wanted)
    reasons = log.details_of(entries)
    people = _people(entries)
    shows_names = looks.shows_names()
    note(customer, "looks", at=at)
    return [_look(entry, people, reasons.get(entry.pk), shows_names) for entry in entries]


def note(customer: UUID, page: str, *, at: datetime) -> None:
    """That a customer read one of the own pages."""
    audit.look(actions.PORTAL_READ, actor=actors.ANONYMOUS, at=at, subject=customer, page=page)


def _part(part: Part) -> HeldPart:
    lines = [(value.title, plain_values.told(_in_words(value.content))) for value in part.values]
    return HeldPart(part.title, part.since, part.source, [line for line in lines if line[1]])


def _in_words(content: object) -> object:
    if isinstance(content, bool):
        return _("yes") if content else _("no")
    return content


def _people(entries: Sequence[Entry]) -> dict[str, tuple[str, str]]:
    """Role and name, by what the log calls them."""
    ids = {entry.actor.partition(":")[2] for entry in entries if entry.actor.startswith("user:")}
    found = User.objects.filter(pk__in=ids).values_list("pk", "role", "name")
    return {actors.user(pk): (str(Role(role).label), name) for pk, role, name in found}


def _look(entry: Entry, people: dict[str, tuple[str, str]], told: Told | None, shows_names: bool) -> Look:
    action = registry.actions().get(entry.action)
    return Look(
        at=entry.recorded_at,
        who=_who(entry.actor, people, shows_names),
        what=action.title if action else entry.action,
        reason=told.words.get("reason", "") if told is not None else "",
        is_own=entry.actor == actors.ANONYMOUS,
    )


def _who(actor: str, people: dict[str, tuple[str, str]], shows_names: bool) -> str:
    if actor in people:
        role, name = people[actor]
        return f"{name}, {role}" if shows_names else role
    kind = actor.partition(":")[0]
    if kind == "user":
        return _("somebody who has left")
    if kind == "token":
        return _("a program of the company's")
    if kind == "machine":
        return _("a command on the company's computer")
    return _("you yourself") if actor == actors.ANONYMOUS else _("Tryggve itself")
