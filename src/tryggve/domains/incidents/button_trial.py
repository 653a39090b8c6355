"""Trying the button «Something has happened» as a made-up colleague, in a transaction that is never kept."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse

from tryggve.accounts import sign_ins
from tryggve.accounts.models import Device, KnownNetwork, SignIn, User
from tryggve.audit import actors
from tryggve.audit.models import Entry
from tryggve.domains.access import api as access
from tryggve.domains.incidents import actions, notices, wording
from tryggve.domains.incidents.models import Report
from tryggve.domains.incidents.selectors.alerted import people_alerted
from tryggve.notices.models import OutboxMessage

_KIND = Report.Kind.OTHER
# Longer than what is taken for one and the same sight.
_AWAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether a report comes through and can be read, is mailed to everybody, and hides who told it."""

    arrives: bool
    is_mailed: bool
    hides: bool


class _Heard(logging.Handler):
    """All that the program's log would be told."""

    def __init__(self) -> None:
        super().__init__()
        self.told = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.told += f"{record.getMessage()} {getattr(record, 'facts', '')}\n"


def tried(*, at: datetime) -> Tried:
    """Once with a name, once without, by somebody who was here a while ago. Raises vault.Locked."""
    # What the first page of a process loads is loaded before others wait for this transaction.
    access.Browser().get(reverse("incidents:trial", args=["none"]))
    with transaction.atomic():
        try:
            alerted = {person.actor for person in people_alerted(at=at)}
            user, browser = access.colleague(at=at)
            named = _tell(browser, is_anonymous=False)
            arrives = named is not None and named.by_ref == user.pk
            mailed = set(_mails().values_list("recipient_ref", flat=True)) if named else set()
            user, browser = access.colleague(at=at - _AWAY)
            newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
            sights = _sights(user, browser)
            with _listening() as heard:
                unnamed = _tell(browser, is_anonymous=True)
            is_unseen = _sights(user, browser) == sights
            hides = unnamed is not None and is_unseen and _hides(unnamed, user, newest, heard.told)
            return Tried(arrives and unnamed is not None, bool(alerted) and alerted <= mailed, hides)
        finally:
            transaction.set_rollback(True)


def _tell(browser: access.Browser, *, is_anonymous: bool) -> Report | None:
    """The report that came of it; None when there is none, or it doesn't say what was written."""
    words, before = secrets.token_urlsafe(12), set(Report.objects.values_list("pk", flat=True))
    ticked = {"is_anonymous": "on"} if is_anonymous else {}
    page = browser.get(reverse("incidents:report"))
    if page.status != HTTPStatus.OK:
        return None
    browser.send(reverse("incidents:report"), kind=_KIND, happened=Report.When.NOW, words=words, **ticked)
    made = Report.objects.exclude(pk__in=before).first()
    if made is None:
        return None
    return made if wording.opened(made.words_sealed, report=made.pk, part="words") == words else None


def _hides(report: Report, user: User, newest: int, heard: str) -> bool:
    """Whether nothing that was written tells who it was."""
    entries = list(Entry.objects.filter(pk__gt=newest))
    told = [one for one in entries if one.action == actions.REPORTED.code]
    traces = [one for one in entries if str(user.pk) in f"{one.actor} {one.subject} {one.facts}"]
    is_anonymous = [one.actor for one in told] == [actors.ANONYMOUS]
    return report.by_ref is None and is_anonymous and not traces and str(user.pk) not in heard


def _sights(user: User, browser: access.Browser) -> list[Any]:
    """All that is kept of when the person was here."""
    kept = [model.objects.filter(user=user) for model in (SignIn, Device, KnownNetwork)]
    rows = [list(some.values()) for some in (User.objects.filter(pk=user.pk), *kept)]
    return [*rows, sign_ins.facts_of(browser.session)]


def _mails() -> "QuerySet[OutboxMessage]":
    return OutboxMessage.objects.filter(kind=notices.REPORTED.code)


@contextmanager
def _listening() -> Iterator[_Heard]:
    heard, log = _Heard(), logging.getLogger()
    log.addHandler(heard)
    try:
        yield heard
    finally:
        log.removeHandler(heard)
