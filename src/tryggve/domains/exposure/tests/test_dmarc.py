import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.exposure.engine import dmarc
from tryggve.domains.exposure.engine.dmarc import Policy
from tryggve.domains.exposure.engine.troubles import Advice, Trouble
from tryggve.domains.exposure.tests.zone import Zone

NONE, QUARANTINE, REJECT = Policy
_RUA = "rua=mailto:dmarc@annas.se"


@pytest.mark.parametrize(
    ("record", "policy", "below", "troubles", "advice"),
    [
        (f"v=DMARC1; p=reject; {_RUA}", REJECT, REJECT, (), ()),
        (f"v=DMARC1;p=quarantine;{_RUA}", QUARANTINE, QUARANTINE, (), ()),
        (f"v = DMARC1 ; p = REJECT ; {_RUA};", REJECT, REJECT, (), ()),
        (f"v=DMARC1; p=none; {_RUA}", NONE, NONE, (Trouble.DMARC_NONE,), ()),
        (f"v=DMARC1; {_RUA}", NONE, NONE, (Trouble.DMARC_NONE,), ()),
        (f"v=DMARC1; p=reject; sp=none; {_RUA}", REJECT, NONE, (Trouble.DMARC_SUBDOMAINS,), ()),
        (f"v=DMARC1; p=reject; np=none; {_RUA}", REJECT, NONE, (Trouble.DMARC_SUBDOMAINS,), ()),
        (f"v=DMARC1; p=reject; sp=quarantine; {_RUA}", REJECT, QUARANTINE, (), ()),
        (f"v=DMARC1; p=reject; pct=50; {_RUA}", QUARANTINE, QUARANTINE, (), (Advice.DMARC_HALF,)),
        (f"v=DMARC1; p=quarantine; pct=0; {_RUA}", NONE, NONE, (Trouble.DMARC_NONE,), (Advice.DMARC_HALF,)),
        (f"v=DMARC1; p=quarantine; t=y; {_RUA}", NONE, NONE, (Trouble.DMARC_NONE,), (Advice.DMARC_HALF,)),
        (f"v=DMARC1; p=reject; pct=100; {_RUA}", REJECT, REJECT, (), ()),
        ("v=DMARC1; p=reject", REJECT, REJECT, (), (Advice.DMARC_NO_REPORTS,)),
        ("v=DMARC1; p=rejct; " + _RUA, NONE, NONE, (Trouble.DMARC_BROKEN, Trouble.DMARC_NONE), ()),
    ],
)
def test_what_a_record_tells_receivers(
    record: str, policy: Policy, below: Policy, troubles: tuple[Trouble, ...], advice: tuple[Advice, ...]
) -> None:
    found = dmarc.find(Zone({"_dmarc.annas.se TXT": [record]}), "annas.se")

    assert (found.policy, found.below, found.troubles, found.advice) == (policy, below, troubles, advice)


@pytest.mark.parametrize(
    ("texts", "trouble"),
    [
        ([], Trouble.DMARC_MISSING),
        (["v=spf1 -all"], Trouble.DMARC_MISSING),
        (["v=DMARC12; p=reject"], Trouble.DMARC_MISSING),
        (["p=reject; v=DMARC1"], Trouble.DMARC_MISSING),
        (["v=DMARC1; p=reject", "v=DMARC1; p=none"], Trouble.DMARC_TWICE),
        (["v=DMARC1; p=reject; p=none"], Trouble.DMARC_BROKEN),
        (["v=DMARC1, p=reject"], Trouble.DMARC_MISSING),
        (["v=DMARC1; reject"], Trouble.DMARC_BROKEN),
    ],
)
def test_what_receivers_pass_over_protects_nobody(texts: list[str], trouble: Trouble) -> None:
    found = dmarc.find(Zone({"_dmarc.annas.se TXT": texts}), "annas.se")

    assert (found.policy, found.troubles) == (NONE, (trouble,))


def test_a_name_without_a_record_goes_by_that_of_the_domain_above() -> None:
    zone = Zone({"_dmarc.annas.se TXT": [f"v=DMARC1; p=reject; sp=quarantine; {_RUA}"]})

    found = dmarc.find(zone, "nyhetsbrev.post.annas.se")

    assert (found.policy, found.is_own, found.troubles) == (QUARANTINE, False, ())


def test_a_registrys_record_is_not_the_firms_own() -> None:
    zone = Zone(
        {
            "_dmarc.se TXT": ["v=DMARC1; p=reject; psd=y"],
            "_dmarc.annas.se TXT": [f"v=DMARC1; p=quarantine; {_RUA}"],
        }
    )

    assert dmarc.find(zone, "post.annas.se").policy == QUARANTINE


def test_a_domain_that_says_it_is_the_top_ends_the_walk() -> None:
    zone = Zone(
        {
            "_dmarc.avdelning.annas.se TXT": [f"v=DMARC1; p=reject; psd=n; {_RUA}"],
            "_dmarc.annas.se TXT": [f"v=DMARC1; p=quarantine; {_RUA}"],
        }
    )

    assert dmarc.find(zone, "post.avdelning.annas.se").policy == REJECT


def test_a_name_of_many_labels_takes_eight_questions() -> None:
    zone = Zone({})

    dmarc.find(zone, ".".join("abcdefghijklmnop") + ".se")

    assert zone.asked[1] == "_dmarc.k.l.m.n.o.p.se"
    assert len(zone.asked) == 8


def test_reports_to_another_firm_need_that_firms_word() -> None:
    record = {"_dmarc.annas.se TXT": ["v=DMARC1; p=reject; rua=mailto:a@annas.se,mailto:x@rapport.example"]}
    word = {"annas.se._report._dmarc.rapport.example TXT": ["v=DMARC1;"]}

    assert dmarc.find(Zone(record), "annas.se").advice == (Advice.DMARC_REPORTS_REFUSED,)
    assert dmarc.find(Zone({**record, **word}), "annas.se").advice == ()


@given(st.text(max_size=200).map(lambda text: f"v=DMARC1; {text}"))
def test_any_record_is_read_or_passed_over(text: str) -> None:
    record = dmarc.read(text)

    assert record is None or record.own in Policy
