import pytest

from tryggve.domains.exposure.engine import transport
from tryggve.domains.exposure.engine.troubles import Advice
from tryggve.domains.exposure.tests.zone import Zone

_POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mail.annas.se\r\nmx: *.reserv.se\r\nmax_age: 604800\r\n"
_RECORDS = {
    "_mta-sts.annas.se TXT": ["v=STSv1; id=20261123T1"],
    "_smtp._tls.annas.se TXT": ["v=TLSRPTv1; rua=mailto:tls@annas.se"],
    "annas.se MX": ["mail.annas.se", "b.reserv.se"],
}


def test_a_domain_with_both_is_enforced_and_reported_on() -> None:
    found = transport.find(Zone(_RECORDS), lambda _name: _POLICY, "annas.se")

    assert (found.is_enforced, found.has_reports, found.advice) == (True, True, ())


def test_a_domain_with_neither_is_told_so() -> None:
    found = transport.find(Zone({}), lambda _name: _POLICY, "annas.se")

    assert found.advice == (Advice.STS_MISSING, Advice.TLS_RPT_MISSING)


@pytest.mark.parametrize(
    ("policy", "advice"),
    [
        (None, Advice.STS_BROKEN),
        ("", Advice.STS_BROKEN),
        (_POLICY.replace("STSv1", "STSv2"), Advice.STS_BROKEN),
        (_POLICY.replace("604800", "99999999999999"), Advice.STS_BROKEN),
        (_POLICY.replace("mx: mail.annas.se", "mx: other.annas.se"), Advice.STS_BROKEN),
        (_POLICY.replace("*.reserv.se", "*.se"), Advice.STS_BROKEN),
        (_POLICY.replace("enforce", "testing"), Advice.STS_TESTING),
        ("version: STSv1\nmode: none\nmax_age: 86400", Advice.STS_TESTING),
    ],
)
def test_a_policy_that_does_not_hold(policy: str | None, advice: Advice) -> None:
    assert transport.find(Zone(_RECORDS), lambda _name: policy, "annas.se").advice == (advice,)


def test_a_record_without_its_number_asks_for_no_policy() -> None:
    asked: list[str] = []
    records = {**_RECORDS, "_mta-sts.annas.se TXT": ["v=STSv1;"]}

    found = transport.find(Zone(records), asked.append, "annas.se")

    assert (found.advice, asked) == ((Advice.STS_BROKEN,), [])


@pytest.mark.parametrize("text", ["v=TLSRPTv1;", "v=TLSRPTv1; rua=tls@annas.se", "v=TLSRPTv1; rua"])
def test_reports_to_nowhere_are_told(text: str) -> None:
    found = transport.find(
        Zone({**_RECORDS, "_smtp._tls.annas.se TXT": [text]}), lambda _n: _POLICY, "annas.se"
    )

    assert found.advice == (Advice.TLS_RPT_BROKEN,)
