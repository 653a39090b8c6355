"""MAI-01: each protection of the mail's name is broken for real in the name service, and mended again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest

from tryggve.accounts.models import User
from tryggve.controls import selectors as protections
from tryggve.controls import services as protecting
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.standing import State
from tryggve.controls.facts import Value
from tryggve.controls.registry import Verdict
from tryggve.controls.tests import here
from tryggve.domains.exposure import advising, selectors
from tryggve.domains.exposure.engine.ladder import Wait
from tryggve.domains.exposure.models import Domain
from tryggve.domains.exposure.services import domains, receiver_reports
from tryggve.domains.exposure.tests import name_server
from tryggve.domains.exposure.tests.a_firm import WHO, firm_here, now, quoted, received
from tryggve.domains.exposure.tests.aggregate import day, proven, report
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.test_dkim import rsa
from tryggve.domains.exposure.tests.web_server import Websites

__all__ = ["firm_here", "now"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm_here")]

GOOD_MAIL: Mapping[str, Value] = {
    "domains": 1, "open": 0, "unread": 0, "false_mail": "reject", "lookups": 1, "key_bits": 2048, "is_encrypted": True,
}  # fmt: skip


@pytest.fixture
def mail(now: datetime) -> Callable[[], Outcome]:
    """Measure it, as it is received."""
    domains.add(told="annas.se", selectors=["egen"], actor=WHO, at=now)
    return lambda: received("MAI-01", now)


def test_a_domain_that_is_protected_is_seen_so(mail: Callable[[], Outcome]) -> None:
    assert mail() == Outcome(Verdict.OBSERVED, facts=GOOD_MAIL)


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("_dmarc.annas.se", "v=DMARC1; p=none; rua=mailto:dmarc@annas.se", "dmarc-none"),
        ("_dmarc.annas.se", "v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@annas.se", "dmarc-subdomains"),
        ("annas.se", "v=spf1 mx ?all", "spf-open"),
        (
            "annas.se",
            "v=spf1 " + " ".join(f"exists:a{n}.annas.se" for n in range(12)) + " -all",
            "spf-too-many",
        ),
        ("egen._domainkey.annas.se", rsa(1024), "dkim-weak"),
        ("egen._domainkey.annas.se", "v=DKIM1; p=", "dkim-missing"),
    ],
)
def test_a_domain_that_loses_a_protection_fails_until_it_is_mended(
    mail: Callable[[], Outcome], names: NameServer, name: str, text: str, wrong: str
) -> None:
    whole = names.records[f"{name} TXT"]

    names.records[f"{name} TXT"] = [quoted(text)]
    broken = mail()
    assert (broken.verdict, broken.facts["wrong"], broken.facts["open"]) == (Verdict.FAILING, wrong, 1)
    assert selectors.domains()[0].troubles[0] == wrong

    names.records[f"{name} TXT"] = whole
    assert mail() == Outcome(Verdict.OBSERVED, facts=GOOD_MAIL)
    assert selectors.domains()[0].troubles == ()


def test_mail_that_may_come_unencrypted_is_told_and_no_failure(
    mail: Callable[[], Outcome], websites: Websites
) -> None:
    del websites.pages["mta-sts.annas.se/.well-known/mta-sts.txt"]

    assert mail() == Outcome(Verdict.OBSERVED, facts={**GOOD_MAIL, "is_encrypted": False})
    assert selectors.domains()[0].advice == ("sts-broken",)


def test_without_a_domain_nothing_is_proven(now: datetime) -> None:
    assert received("MAI-01", now) == Outcome(cause="no-domain")


@pytest.mark.parametrize("silent", ["annas.se", "_dmarc.annas.se"])
def test_a_name_service_that_fails_is_no_failure_of_the_firms(
    mail: Callable[[], Outcome], names: NameServer, silent: str
) -> None:
    names.lies[silent] = name_server.failure

    assert mail() == Outcome(cause="broken-dns")
    assert selectors.domains()[0].read_at is None


def test_one_domain_that_cannot_be_read_hides_no_other(
    mail: Callable[[], Outcome], names: NameServer, now: datetime
) -> None:
    domains.add(told="bos.se", actor=WHO, at=now)
    names.lies["bos.se"] = name_server.failure
    assert mail() == Outcome(cause="broken-dns")

    names.records["_dmarc.annas.se TXT"] = ['"v=DMARC1; p=none"']
    broken = mail()
    assert (broken.verdict, broken.facts["wrong"]) == (Verdict.FAILING, "dmarc-none")
    assert (broken.facts["domains"], broken.facts["unread"]) == (1, 1)


def test_a_domain_that_sends_nothing_is_protected_by_saying_so(names: NameServer, now: datetime) -> None:
    domains.add(told="vila.se", kind=Domain.Kind.RESTS, actor=WHO, at=now)
    names.records |= {"vila.se TXT": ['"v=spf1 -all"'], "_dmarc.vila.se TXT": ['"v=DMARC1; p=reject"']}

    found = received("MAI-01", now)

    assert (found.verdict, "key_bits" in found.facts) == (Verdict.OBSERVED, False)


def test_advice_is_about_what_stands_there_now(
    mail: Callable[[], Outcome], names: NameServer, now: datetime
) -> None:
    names.records["_dmarc.annas.se TXT"] = ['"v=DMARC1; p=none; rua=mailto:dmarc@annas.se"']
    mail()
    [watched] = selectors.domains()
    after = now + timedelta(days=30)

    hasty = advising.advised(watched, at=now)
    assert (hasty.step.waits_for, hasty.lines) == ((Wait.TIME, Wait.REPORTS), ())
    assert advising.advised(watched, at=after).step.waits_for == (Wait.REPORTS,)

    for ago in range(1, 16):
        receiver_reports.read(watched.id, report(proven(), begins=day(after, ago)), actor=WHO, at=after)
    safe = advising.advised(watched, at=after)
    assert [line.value for line in safe.lines] == ["v=DMARC1; p=quarantine; rua=mailto:dmarc@annas.se"]

    names.records["_dmarc.annas.se TXT"] = ['"v=DMARC1; p=quarantine; rua=mailto:dmarc@annas.se"']
    assert advising.advised(watched, at=after).step.days_left == 84


def test_nobodys_word_is_asked_and_none_turns_it_green(
    anna: User, mail: Callable[[], Outcome], names: NameServer, now: datetime
) -> None:
    names.records["_dmarc.annas.se TXT"] = ['"v=DMARC1; p=none; rua=mailto:dmarc@annas.se"']
    here.measure("MAI-01", at=now)

    with pytest.raises(protecting.NotAttestable):
        protecting.attest(control="MAI-01", by=anna, note="", until=None, at=now)
    protecting.exempt(control="MAI-01", by=anna, reason="we never get any", until=None, at=now)

    standing = protections.protection("MAI-01", now=now).standing
    assert (standing.state, standing.disagrees) == (State.FAILING, True)
    names.records["_dmarc.annas.se TXT"] = ['"v=DMARC1; p=reject; rua=mailto:dmarc@annas.se"']
    here.measure("MAI-01", at=now + timedelta(seconds=5))
    after = protections.protection("MAI-01", now=now + timedelta(minutes=1)).standing
    assert after.state == State.NOT_APPLICABLE
