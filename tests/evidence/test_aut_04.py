"""A customer's link that was sent on opens nothing by itself: what asks for the code is taken away, and put back."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.evidence import measured
from tests.telephone import telephone_of
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.rights.models import PortalLink, PortalSession
from tryggve.domains.rights.services.drills import other_browsers
from tryggve.domains.rights.services.portal import portal
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db
_AUT = "AUT-04"


@pytest.fixture
def now() -> datetime:
    # Browsers are answered by the real clock.
    return timezone.now()


@pytest.fixture
def secured(anna: User) -> User:
    telephone_of(anna)
    return anna


def _needs_no_code(*_asked: object) -> bool:
    return False


def _takes_any_code(*_asked: object) -> bool:
    return True


@pytest.mark.parametrize(
    ("lock", "broken"), [("is_code_needed", _needs_no_code), ("_is_let_in", _takes_any_code)]
)
def test_a_link_that_opens_alone_is_found_until_the_code_is_asked_for_again(
    secured: User, now: datetime, monkeypatch: pytest.MonkeyPatch, lock: str, broken: object
) -> None:
    assert measured.found(_AUT, now) == ("PROVED", "")

    with monkeypatch.context() as patch:
        patch.setattr(portal, lock, broken)
        assert measured.found(_AUT, now) == ("FAILING", "link-opened")

    assert measured.found(_AUT, now) == ("PROVED", "")


def test_a_link_that_leads_nobody_in_tells_nothing(
    secured: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal, "visit_of", lambda secret, *, at: None)

    assert measured.found(_AUT, now) == ("unknown", "no-way-in")


def test_nothing_is_left_of_the_customer_the_link_and_the_mail(
    secured: User, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    def everything() -> list[int]:
        kinds = (Customer, CustomerChange, PortalLink, PortalSession, OutboxMessage, Entry)
        with register_index.fresh() as index:
            return [len(index), *(kind._default_manager.count() for kind in kinds)]

    before, key = everything(), vault.keyring().newest_key()

    assert other_browsers.is_open(at=now) is False

    assert (everything(), vault.keyring().newest_key()) == (before, key)
    assert "planted" not in caplog.text
