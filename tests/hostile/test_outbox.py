"""Who looks after the mail settings sees that mail waits, and nothing that a mail would let them do."""

import pytest
from django.test import Client

from tests import signing_in
from tests.cast import PASSWORD
from tests.hostile.conftest import NOON
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.domains.access.services import invitations
from tryggve.domains.setup.models import Welcomed
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(anna: User) -> str:
    """Of an invitation that waits in the outbox."""
    place = invitations.Place(Role.CAPTAIN, Scope.ALL, {})
    made = invitations.invite(
        email="kim@example.se", name="Kim Vik", language="en", place=place, by_mail=True, by=anna, at=NOON
    )
    return made.link


def _browser(role: Role) -> Client:
    person = accounts.create_user(
        email="sven@example.se", password=PASSWORD, name="Sven Ek", language="en", role=role
    )
    Welcomed.objects.create(user=person, at=NOON)
    return signing_in.browser_of(person, at=NOON)


@pytest.mark.parametrize("role", [Role.SUPPLIER, Role.AUDITOR, Role.CAPTAIN, Role.OWNER])
def test_outbox_shows_neither_link_nor_words_nor_address_of_an_invitation(link: str, role: Role) -> None:
    """Not even to who may invite: links are shown once."""
    row = OutboxMessage.objects.get()
    token = link.rstrip("/").rpartition("/")[2]
    letter = letters.opened(bytes(row.body_sealed or b""), row.pk)
    assert token in letter.text  # it would have been there to show
    page = _browser(role).get("/company/outbox/").content.decode()
    assert "Invitation" in page
    for secret in (token, "kim@example.se", "Kim Vik", letter.subject):
        assert secret not in page


def test_trying_again_and_throwing_away_show_nothing_of_an_invitation(link: str) -> None:
    sven, row, token = (
        _browser(Role.SUPPLIER),
        OutboxMessage.objects.get(),
        link.rstrip("/").rpartition("/")[2],
    )
    for deed in ("try-again", "discard"):
        answer = sven.post(f"/company/outbox/{row.pk}/{deed}/", follow=True)
        assert answer.status_code == 200
        assert token not in answer.content.decode()
    assert not OutboxMessage.objects.exists()
