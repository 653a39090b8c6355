"""Receivers' reports: read in whatever wrapping they come, believed in nothing, and counted once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.audit.models import Entry
from tryggve.domains.exposure import reported
from tryggve.domains.exposure.engine import ladder, receiver_reports
from tryggve.domains.exposure.engine.ladder import DAYS_AT, Rung, Seen
from tryggve.domains.exposure.engine.receiver_reports import NotAReport
from tryggve.domains.exposure.models import JudgedSender, ReceiverReport, UnprovenMail
from tryggve.domains.exposure.services import domains
from tryggve.domains.exposure.services import receiver_reports as services
from tryggve.domains.exposure.services.receiver_reports import KnownAlready, OfAnotherDomain, Unusable
from tryggve.domains.exposure.tests.aggregate import day, gzipped, proven, report, row, zipped

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WHO = "machine:anna"
_BOMB = b'<!DOCTYPE feedback [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><feedback>&b;</feedback>'
_MAILCHIMP = row(3, signers=[("mailchimpapp.net", "pass"), ("annas.se", "fail")])
_STRANGER = row(5, ip="203.0.113.9")
_WITH_ENVELOPE = row(2, envelope=("Fakturor.Example.net", "pass"))


@pytest.fixture
def domain() -> UUID:
    return domains.add(told="annas.se", actor=WHO, at=NOW)


def _read(domain: UUID, content: bytes) -> int:
    return services.read(domain, content, actor=WHO, at=NOW)


@pytest.mark.parametrize("wrapped", [zipped, gzipped, bytes], ids=["zip", "gzip", "xml"])
def test_report_is_read_in_the_wrapping_it_came_in(domain: UUID, wrapped: Callable[[bytes], bytes]) -> None:
    xml = report(proven(40), _MAILCHIMP, _STRANGER, _WITH_ENVELOPE, begins=day(NOW, 1))
    assert _read(domain, wrapped(xml)) == 50

    told = reported.reported(domain, today=NOW.date())
    assert (told.days, told.receivers, told.proven, told.unproven) == (1, ["google.com"], 40, 10)
    assert [(one.name, one.mails, one.is_own) for one in told.senders] == [
        ("203.0.113.9", 5, None), ("mailchimpapp.net", 3, None), ("fakturor.example.net", 2, None),
    ]  # fmt: skip
    entry = Entry.objects.get(action="exposure.report-read")
    assert entry.facts == {"domain": str(domain), "proven": 40, "unproven": 10}


def test_report_that_comes_again_counts_once(domain: UUID) -> None:
    xml = report(proven(), _STRANGER, begins=day(NOW, 1))
    _read(domain, xml)
    with pytest.raises(KnownAlready):
        _read(domain, gzipped(xml))
    assert (ReceiverReport.objects.count(), UnprovenMail.objects.count()) == (1, 1)


def test_report_about_another_domain_is_refused_by_its_name(domain: UUID) -> None:
    with pytest.raises(OfAnotherDomain, match=r"bos\.se"):
        _read(domain, report(proven(), begins=day(NOW, 1), domain="bos.se"))
    assert not ReceiverReport.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no report"),
        (b"\x89PNG", "no report"),
        (b"<html></html>", "no report"),
        (b"<feedback><report_metadata>", "damaged"),
        (zipped(b"<feedback/>")[:40], "damaged"),
        (gzipped(b"<feedback/>" * 99)[:20], "damaged"),
        (zipped(b"<feedback/>", b"<feedback/>"), "several files"),
        (zipped(), "no report"),
        (gzipped(b" " * 40_000_000), "larger"),
        (zipped(b" " * 40_000_000), "larger"),
        (_BOMB, "no report"),
        (b"x" * (services.LARGEST_FILE + 1), "larger"),
        (report(proven(), begins=day(NOW, 401)), "days that can't be"),
        (report(proven(), begins=day(NOW, -3)), "days that can't be"),
        (report(proven(), begins=day(NOW, 20), days=9), "days that can't be"),
        (report(row(0), begins=day(NOW, 1)), "no report"),
        (report(row(1, ip="nowhere"), begins=day(NOW, 1)), "no report"),
        (report(proven(), begins=day(NOW, 1), receiver=" "), "no report"),
        (report(proven(), begins=day(NOW, 1), domain="not a name"), "no report"),
    ],
    ids=count(),
)
def test_what_is_no_report_is_refused_in_words_and_keeps_nothing(
    domain: UUID, content: bytes, says: str
) -> None:
    with pytest.raises(Unusable, match=says):
        _read(domain, content)
    assert not ReceiverReport.objects.exists()


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(
        st.recursive(
            st.none() | st.integers() | st.text(max_size=9) | st.booleans(),
            lambda inner: st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["receiver", "number", "domain", "begins", "ends", "count", "senders", "address"]),
                inner,
            ),
        ),
        max_size=4,
    )
)  # fmt: skip
def test_whatever_the_child_says_is_a_report_or_refused(parts: list[object]) -> None:
    try:
        told = receiver_reports.report_of(parts, now=NOW)
    except NotAReport:
        return
    assert (told.first_day <= told.last_day, told.proven >= 0) == (True, True)


def test_old_reports_are_forgotten(domain: UUID) -> None:
    _read(domain, report(proven(), begins=day(NOW, 300)))
    later = NOW + timedelta(days=150)
    services.read(domain, report(proven(), begins=day(later, 1)), actor=WHO, at=later)
    assert ReceiverReport.objects.count() == 1


def test_sender_is_judged_and_judged_again(domain: UUID) -> None:
    _read(domain, report(_MAILCHIMP, begins=day(NOW, 1)))
    for is_own in (False, True):
        services.judge(domain, sender="mailchimpapp.net", is_own=is_own, actor=WHO, at=NOW)
    assert JudgedSender.objects.get().is_own
    [entry, _other] = Entry.objects.filter(action="exposure.sender-judged").order_by("-pk")
    assert entry.facts == {"domain": str(domain), "is_own": True}


@pytest.mark.parametrize("sender", ["", "somebody.example", "x" * 999])
def test_sender_of_no_report_is_not_judged(domain: UUID, sender: str) -> None:
    with pytest.raises(services.NoSuchSender):
        services.judge(domain, sender=sender, is_own=True, actor=WHO, at=NOW)
    with pytest.raises(domains.NoSuchDomain):
        services.judge(uuid4(), sender=sender, is_own=True, actor=WHO, at=NOW)


def _seen(domain: UUID, *, since: int = 30) -> Seen | None:
    since_day = NOW.date() - timedelta(days=since)
    return reported.seen(domain, rung=Rung.NONE, since=since_day, today=NOW.date())


def test_next_step_sees_the_days_of_this_rung_and_who_is_whose(domain: UUID) -> None:
    assert _seen(domain) is None
    for ago in range(1, 20):
        _read(domain, report(proven(9), begins=day(NOW, ago)))
    _read(domain, report(_MAILCHIMP, _STRANGER, begins=day(NOW, 2), receiver="outlook.com"))
    assert _seen(domain) == Seen(days=19, unproven=0, unjudged=8)

    services.judge(domain, sender="203.0.113.9", is_own=False, actor=WHO, at=NOW)
    services.judge(domain, sender="mailchimpapp.net", is_own=True, actor=WHO, at=NOW)
    assert _seen(domain) == Seen(days=19, unproven=3, unjudged=0)
    assert _seen(domain, since=1) == Seen(days=1, unproven=0, unjudged=0)


def test_what_was_mended_a_month_ago_holds_up_nothing(domain: UUID) -> None:
    """A sender's mail was not proven then, and is since."""
    _read(domain, report(_MAILCHIMP, begins=day(NOW, DAYS_AT[Rung.NONE] + 2)))
    services.judge(domain, sender="mailchimpapp.net", is_own=True, actor=WHO, at=NOW)
    _read(domain, report(proven(), begins=day(NOW, 3)))
    assert _seen(domain, since=200) == Seen(days=1, unproven=0, unjudged=0)


def test_report_of_some_days_tells_of_each(domain: UUID) -> None:
    _read(domain, report(proven(), begins=day(NOW, 7), days=7))
    assert reported.reported(domain, today=NOW.date()).days == 7
    assert _seen(domain, since=3) == Seen(days=3, unproven=0, unjudged=0)
    assert ladder.DAYS_AT[Rung.NONE] == 28
