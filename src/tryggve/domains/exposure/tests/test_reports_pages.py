"""The page of receivers' reports, and the step that becomes safe with them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests import signing_in
from tests.counting import asked
from tryggve.accounts.models import User
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.engine.ladder import Rung
from tryggve.domains.exposure.models import DomainReading, JudgedSender, ReceiverReport
from tryggve.domains.exposure.services import domains, receiver_reports, resolvers
from tryggve.domains.exposure.tests.a_firm import quoted
from tryggve.domains.exposure.tests.aggregate import day, gzipped, proven, report, row, zipped
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.test_dkim import rsa

pytestmark = pytest.mark.django_db

WHO = "machine:anna"
_WATCHED: Mapping[str, Sequence[str]] = {
    "annas.se NS": ["ns1.example.net."],
    "annas.se MX": ["10 mail.example.net."],
    "annas.se TXT": [quoted("v=spf1 ip4:192.0.2.1 -all")],
    "_dmarc.annas.se TXT": [quoted("v=DMARC1; p=none; rua=mailto:anna@annas.se")],
}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def domain(names: NameServer, reach: Reach, settings: Settings, now: datetime) -> UUID:
    """Watched for two months at «let through, and tell me»."""
    settings.EXPOSURE_REACH = reach
    resolvers.choose(servers=[f"127.0.0.1#{names.server.port}"], actor=WHO, at=now)
    names.records = dict(_WATCHED)
    made = domains.add(told="annas.se", actor=WHO, at=now)
    since = now - timedelta(days=60)
    DomainReading.objects.create(domain_id=made, read_at=now, rung=Rung.NONE, rung_since=since)
    return made


def _page(browser: Client, domain: UUID, rest: str = "reports/") -> str:
    answer = browser.get(f"/protection/websites/domains/{domain}/{rest}")
    assert answer.status_code == 200
    return unescape(" ".join(answer.content.decode().split()))


def _give(browser: Client, domain: UUID, *contents: bytes) -> str:
    files = [SimpleUploadedFile(f"{number}.zip", content) for number, content in enumerate(contents)]
    address = f"/protection/websites/domains/{domain}/reports/add/"
    answer = browser.post(address, {"reports": files}, follow=True)
    return unescape(" ".join(answer.content.decode().split()))


def test_empty_page_says_where_reports_come_from(as_anna: Client, domain: UUID) -> None:
    assert "No report was read in the last twelve weeks" in _page(as_anna, domain)


def test_several_files_are_read_and_one_that_is_none_hinders_no_other(
    as_anna: Client, domain: UUID, now: datetime
) -> None:
    shown = _give(
        as_anna, domain,
        zipped(report(proven(40), begins=day(now, 1))), b"a letter", gzipped(report(proven(2), begins=day(now, 2))),
    )  # fmt: skip
    assert "2 reports were read. That is 42 mails in all." in shown
    assert "1 file: This is no report on mail (DMARC). Nothing was read from it." in shown
    assert ReceiverReport.objects.count() == 2


def test_too_many_files_are_refused_and_none_is_read(as_anna: Client, domain: UUID, now: datetime) -> None:
    one = report(proven(), begins=day(now, 1))
    assert "more than 31 files" in _give(as_anna, domain, *[one] * 32)
    assert "more than 31 files" not in _give(as_anna, domain)
    assert not ReceiverReport.objects.exists()


def test_step_is_safe_once_the_reports_say_so_and_not_before(
    as_anna: Client, domain: UUID, now: datetime, names: NameServer
) -> None:
    names.records["selector1._domainkey.annas.se TXT"] = [quoted(rsa(2048))]
    assert "until reports have come on at least half of the days" in _page(as_anna, domain, "lines/")
    for ago in range(1, 16):
        receiver_reports.read(domain, report(proven(), begins=day(now, ago)), actor=WHO, at=now)
    stranger = report(row(5, ip="203.0.113.9"), begins=day(now, 2), receiver="outlook.com")
    receiver_reports.read(domain, stranger, actor=WHO, at=now)
    assert "until you have said whose the unknown senders are" in _page(as_anna, domain, "lines/")

    address = f"/protection/websites/domains/{domain}/reports/sender/"
    assert "? Not said yet" in _page(as_anna, domain)
    as_anna.post(address, {"sender": "203.0.113.9", "is_own": "no"})
    assert "No, somebody else" in _page(as_anna, domain)

    lines = _page(as_anna, domain, "lines/")
    assert ("It is safe now: the line above does it." in lines, "p=quarantine" in lines) == (True, True)
    as_anna.post(address, {"sender": "203.0.113.9", "is_own": "yes"})
    assert "until all of your own senders are proven" in _page(as_anna, domain, "lines/")


@pytest.mark.parametrize("typed", [{}, {"is_own": "perhaps"}, {"is_own": "yes", "sender": "nobody.example"}])
def test_what_cant_be_said_of_a_sender_is_nothing(
    as_anna: Client, domain: UUID, typed: dict[str, str]
) -> None:
    assert as_anna.post(f"/protection/websites/domains/{domain}/reports/sender/", typed).status_code == 404
    assert not JudgedSender.objects.exists()
    assert as_anna.get(f"/protection/websites/domains/{uuid4()}/reports/").status_code == 404


def test_page_asks_as_often_however_much_was_reported(as_anna: Client, domain: UUID, now: datetime) -> None:
    address = f"/protection/websites/domains/{domain}/reports/"
    few = len(asked(as_anna, address))
    for ago in range(1, 9):
        many = [row(1, ip=f"203.0.113.{ago * 9 + number}") for number in range(9)]
        receiver_reports.read(domain, report(*many, begins=day(now, ago)), actor=WHO, at=now)
    assert len(asked(as_anna, address)) == few


def test_employee_sees_no_reports(bo: User, domain: UUID) -> None:
    assert signing_in.browser_of(bo).get(f"/protection/websites/domains/{domain}/reports/").status_code == 403
