from datetime import date, timedelta

import pytest

from tryggve.domains.exposure.engine import dmarc, ladder
from tryggve.domains.exposure.engine.dkim import Key, Keys
from tryggve.domains.exposure.engine.ladder import Rung, Seen, Wait
from tryggve.domains.exposure.engine.mail import Asked, MailFindings
from tryggve.domains.exposure.engine.spf_walk import Walked
from tryggve.domains.exposure.engine.troubles import Trouble
from tryggve.domains.exposure.tests.zone import Zone

TODAY = date(2026, 11, 23)
ALL_PROVEN = Seen(days=90, unproven=0, unjudged=0)


def findings(record: str, *, spf: Walked = Walked(), bits: int = 2048, sends: bool = True) -> MailFindings:  # noqa: B008
    found = dmarc.find(Zone({"_dmarc.annas.se TXT": [record] if record else []}), "annas.se")
    keys = Keys((Key("a", bits),))
    troubles = (*spf.troubles, *keys.troubles, *found.troubles)
    return MailFindings(Asked("annas.se", sends), troubles, spf=spf, keys=keys, dmarc=found)


def step(found: MailFindings, *, days: int, seen: Seen | None = ALL_PROVEN) -> ladder.Step:
    return ladder.step(found, since=TODAY - timedelta(days=days), seen=seen, today=TODAY)


def test_to_be_watched_is_safe_at_once() -> None:
    found = step(findings("", bits=1024), days=0, seen=None)

    assert (found.now, found.next, found.is_safe) == (Rung.NO_RECORD, Rung.NONE, True)


@pytest.mark.parametrize("sends", [True, False])
def test_nothing_comes_next_where_there_is_no_such_domain(sends: bool) -> None:
    gone = MailFindings(Asked("annas.se", sends), (Trouble.NO_SUCH_DOMAIN,))

    assert step(gone, days=0) == ladder.Step(Rung.NO_RECORD, None)


@pytest.mark.parametrize(
    ("policy", "days", "is_safe", "left"),
    [
        ("none", 28, True, 0),
        ("none", 27, False, 1),
        ("quarantine", 84, True, 0),
        ("quarantine", 28, False, 56),
    ],
)
def test_each_step_waits_its_weeks(policy: str, days: int, is_safe: bool, left: int) -> None:
    found = step(findings(f"v=DMARC1; p={policy}"), days=days)

    assert (found.is_safe, found.days_left) == (is_safe, left)
    assert found.next == found.now + 1


@pytest.mark.parametrize(
    ("found", "seen", "waits"),
    [
        (findings("v=DMARC1; p=none"), None, Wait.REPORTS),
        (findings("v=DMARC1; p=none"), Seen(13, 0, 0), Wait.REPORTS),
        (findings("v=DMARC1; p=none"), Seen(28, 1, 0), Wait.UNPROVEN),
        (findings("v=DMARC1; p=none"), Seen(28, 0, 1), Wait.UNJUDGED),
        (findings("v=DMARC1; p=none", bits=1024), ALL_PROVEN, Wait.DKIM),
        (findings("v=DMARC1; p=none", spf=Walked(troubles=(Trouble.SPF_TOO_MANY,))), ALL_PROVEN, Wait.SPF),
        (findings("v=DMARC1; p=nune"), ALL_PROVEN, Wait.RECORD),
    ],
)
def test_no_step_is_safe_while_own_mail_is_not_proven(
    found: MailFindings, seen: Seen | None, waits: Wait
) -> None:
    told = step(found, days=40, seen=seen)

    assert (told.is_safe, told.waits_for) == (False, (waits,))


def test_a_clock_that_was_set_back_shortens_no_wait() -> None:
    assert step(findings("v=DMARC1; p=none"), days=-400).days_left == 28


def test_at_the_top_nothing_follows() -> None:
    found = step(findings("v=DMARC1; p=reject"), days=0)

    assert (found.now, found.next, found.is_safe) == (Rung.REJECT, None, False)


@pytest.mark.parametrize("record", ["v=DMARC1; p=reject; sp=none", "v=DMARC1; p=quarantine; t=y"])
def test_half_a_measure_counts_as_what_it_comes_down_to(record: str) -> None:
    assert step(findings(record), days=0).now == Rung.NONE


def test_a_domain_that_sends_nothing_refuses_all_at_once() -> None:
    found = step(findings("", sends=False), days=0, seen=None)

    assert (found.next, found.is_safe) == (Rung.REJECT, True)
