from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.accounts import tokens
from tryggve.accounts.models import User
from tryggve.audit import actions as audit_actions
from tryggve.audit import actors, checkpoints, registry, selectors
from tryggve.audit import services as audit
from tryggve.audit.models import Entry
from tryggve.audit.notes import NotANote
from tryggve.audit.selectors import Filter
from tryggve.audit.tiles import Unreadable
from tryggve.domains.access import actions
from tryggve.domains.access.words import log as log_words
from tryggve.lib.errors import Refusal

People = Mapping[str, str]
PAGE_SIZE = 50

_CUSTOMERS = "customers"
_VERIFICATIONS = (audit_actions.VERIFIED.code, actions.LOG_VERIFIED.code)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries somebody wants to see; ``filters`` are the names of what they chose by."""

    wanted: Filter = field(default_factory=Filter)
    filters: Sequence[str] = ()
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words. ``details`` is None until it is opened."""

    id: int
    at: datetime
    who: str
    what: str
    facts: Sequence[tuple[str, str]]
    subject: UUID | None
    subject_name: str
    is_about_customer: bool
    has_details: bool
    details: Sequence[tuple[str, str]] | None

    @property
    def subject_short(self) -> str:
        return log_words.short(self.subject)


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, the newest first; ``older`` is where the next page begins, None on the last."""

    lines: Sequence[Line]
    older: int | None
    asked: Asked

    @property
    def has_sealed(self) -> bool:
        """Whether there is something that nobody has opened on this page."""
        return any(line.has_details and line.details is None for line in self.lines)

    @property
    def again(self) -> int | None:
        """From where on the same entries are shown again, whatever was added meanwhile."""
        return self.lines[0].id + 1 if self.lines else None


@dataclass(frozen=True, slots=True)
class Wholeness:
    """What the last verification found, and how far the log is signed; None where it never was."""

    verified_at: datetime | None
    is_whole: bool
    entries: int
    epoch: int | None
    why: str
    signed_at: datetime | None
    signed_entries: int
    is_signature_in_doubt: bool


def log_page(asked: Asked, *, actor: str, at: datetime, people: People) -> Page:
    """A page of the log, itself logged as a look; what entries say in words stays sealed."""
    entries = _entries(asked)
    facts: dict[str, Any] = {"filters": list(asked.filters)} if asked.filters else {}
    audit.look(
        actions.LOG_VIEWED,
        actor=actor,
        at=at,
        subject=asked.wanted.subject,
        shown=len(entries[:PAGE_SIZE]),
        **facts,
    )
    return _page(entries, asked, people, opened={})


def log_page_opened(asked: Asked, *, only: int | None, actor: str, at: datetime, people: People) -> Page:
    """The same with what entries say in words: of one entry, or of all on the page. Logged before it is read."""
    entries = _entries(asked)
    chosen = [entry for entry in entries[:PAGE_SIZE] if entry.commitment and only in (None, entry.pk)]
    audit.look(
        actions.LOG_DETAILS_READ,
        actor=actor,
        at=at,
        subject=chosen[0].subject if len(chosen) == 1 else None,
        entries=len(chosen),
    )
    opened = {id: log_words.details(told) for id, told in selectors.details_of(chosen).items()}
    return _page(entries, asked, people, opened=opened)


def entries_for_program(*, limit: int, before: int | None, actor: str, at: datetime) -> Sequence[Entry]:
    """Entries as they are kept, without what they say in words; itself logged as a look."""
    entries = selectors.newest_entries(limit=limit, before=before)
    audit.look(actions.LOG_VIEWED, actor=actor, at=at, shown=len(entries))
    return entries


def people() -> People:
    """What everybody who has an account is called, by what the log calls them; in the order of names, then programs."""
    users = User.objects.order_by("name", "pk").values_list("pk", "name")
    programs = {
        actors.token(token): _("%(program)s, a program of %(person)s") % {"program": name, "person": whose}
        for token, name, whose in tokens.named()
    }
    return {actors.user(pk): name for pk, name in users} | programs


def known_actions() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Codes and titles of all deeds, by domain."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, action in sorted(registry.actions().items()):
        found.setdefault(action.domain, []).append((code, str(action.title)))
    return found


def wholeness() -> Wholeness:
    """How whole the log is, as far as anybody has looked."""
    newest = Entry.objects.filter(action__in=_VERIFICATIONS).newest_first().first()
    found = newest.facts if newest else {}
    try:
        signed, is_in_doubt = checkpoints.newest(), False
    except (Refusal, Unreadable, NotANote, OSError):
        signed, is_in_doubt = None, True
    return Wholeness(
        verified_at=newest.recorded_at if newest else None,
        is_whole=found.get("ok", False),
        entries=found.get("entries", 0),
        epoch=found.get("epoch"),
        why=log_words.what_is_wrong(found.get("why", "")),
        signed_at=datetime.fromisoformat(signed.at) if signed and signed.at else None,
        signed_entries=signed.size if signed else 0,
        is_signature_in_doubt=is_in_doubt,
    )


def _entries(asked: Asked) -> Sequence[Entry]:
    """One more than a page shows, to know whether there is another."""
    return selectors.newest_entries(limit=PAGE_SIZE + 1, before=asked.before, wanted=asked.wanted)


def _page(
    entries: Sequence[Entry],
    asked: Asked,
    people: People,
    *,
    opened: Mapping[int, Sequence[tuple[str, str]]],
) -> Page:
    shown = entries[:PAGE_SIZE]
    return Page(
        lines=[_line(entry, people, opened) for entry in shown],
        older=shown[-1].pk if len(entries) > PAGE_SIZE else None,
        asked=asked,
    )


def _line(entry: Entry, people: People, opened: Mapping[int, Sequence[tuple[str, str]]]) -> Line:
    name = people.get(actors.user(entry.subject), "") if entry.subject else ""
    domain = entry.action.partition(".")[0]
    return Line(
        id=entry.pk,
        at=entry.recorded_at,
        who=log_words.who(entry.actor, people),
        what=log_words.title_of(entry.action),
        facts=log_words.facts(entry.facts, action=entry.action),
        subject=entry.subject,
        subject_name=name,
        is_about_customer=entry.subject is not None and domain == _CUSTOMERS,
        has_details=entry.commitment is not None,
        details=opened.get(entry.pk),
    )
