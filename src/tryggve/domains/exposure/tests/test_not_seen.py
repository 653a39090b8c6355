"""What was found long ago, or before the newest look that came to nothing, is shown as no more than that."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from tryggve.controls.tests import here
from tryggve.domains.exposure.services import domains, measuring, sites
from tryggve.domains.exposure.tests import name_server
from tryggve.domains.exposure.tests.a_firm import WHO, firm_here, now
from tryggve.domains.exposure.tests.name_server import NameServer

__all__ = ["firm_here", "now"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm_here", "keeper")]
HOME = "/protection/websites/"
Looked = Callable[[timedelta], Sequence[str]]
Said = Callable[[str], tuple[int, int, bool]]
_CAUSE = "The name servers gave no answer that could be used."


def _measure(at: datetime) -> None:
    for control in measuring.ALL:
        here.measure(control, at=at)


@pytest.fixture
def looked(now: datetime) -> Looked:
    """Look at Annas domain and website that long ago; the pages about both, about the domain, about the website."""

    def look(ago: timedelta) -> Sequence[str]:
        domain = domains.add(told="annas.se", selectors=["egen"], actor=WHO, at=now - ago)
        site = sites.add(told="annas.se", actor=WHO, at=now - ago)
        _measure(now - ago)
        return HOME, f"{HOME}domains/{domain}/", f"{HOME}sites/{site}/"

    return look


@pytest.fixture
def said(as_anna: Client) -> Said:
    """How often a page says that something is in order, and that it wasn't seen for long; whether it says why."""

    def count(page: str) -> tuple[int, int, bool]:
        text = unescape(as_anna.get(page).content.decode())
        return text.count("✓"), text.count("Not seen since"), _CAUSE in text

    return count


def test_what_was_just_seen_is_in_order(looked: Looked, said: Said) -> None:
    pages = looked(timedelta(0))
    assert [said(page) for page in pages] == [(2, 0, False), (7, 0, False), (1, 0, False)]


def test_what_was_seen_too_long_ago_is_not(looked: Looked, said: Said) -> None:
    pages = looked(timedelta(hours=31))
    assert [said(page) for page in pages] == [(0, 2, False), (0, 1, False), (0, 1, False)]


def test_what_the_newest_look_did_not_reach_is_not_and_the_cause_is_told(
    looked: Looked, said: Said, names: NameServer, now: datetime
) -> None:
    pages = looked(timedelta(minutes=1))
    names.lies["annas.se"] = name_server.failure
    _measure(now)

    assert [said(page) for page in pages] == [(0, 2, True), (0, 1, True), (0, 1, True)]


def test_what_was_reached_is_in_order_though_another_was_not(
    looked: Looked, said: Said, names: NameServer, now: datetime
) -> None:
    [*_others, site] = looked(timedelta(minutes=1))
    sites.add(told="borta.se", actor=WHO, at=now)
    names.lies["borta.se"] = name_server.failure
    _measure(now)

    assert said(site) == (1, 0, False)
