"""Who looks after the mail settings sees that mail waits, and nothing that a mail would let them do."""

from collections.abc import Iterator

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
from tryggve.notices import delivery, letters
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.notices.tests.post_office import PostOffice

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(anna: User) -> str:
    """Of an invitation that waits in the outbox."""
    place = invitations.Place(Role.CAPTAIN, Scope.ALL, {})
    made = invitations.invite(
        email="kim@example.se", name="Kim Vik", language="en", place=place, by_mail=True, by=anna, at=NOON
    )
    return made.link


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server on this computer."""
    office = PostOffice()
    office.open()
    yield office
    office.close()


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


SETTINGS = {"host": "127.0.0.1", "security": "none", "username": "", "sender_address": "tryggve@example.se"}


def _set_mail(browser: Client, office: PostOffice, **other: str) -> None:
    answer = browser.post("/company/mail/", {**SETTINGS, "port": str(office.port), **other})
    assert (answer.status_code, answer["Location"]) == (302, "/company/mail/")


def _deliver() -> list[str]:
    """What leaves now; and why the rest stays."""
    delivery.deliver_due(at=NOON)
    return list(OutboxMessage.objects.order_by("pk").values_list("error", flat=True))


def test_invitation_does_not_leave_through_a_server_that_the_supplier_chose(
    link: str, office: PostOffice, as_anna: Client
) -> None:
    """His own computer, say. An owner who saves the settings vouches for them."""
    sven = _browser(Role.SUPPLIER)
    _set_mail(sven, office)
    assert (_deliver(), office.desk.taken) == (["not-vouched"], [])
    sven.post(f"/company/outbox/{OutboxMessage.objects.get().pk}/try-again/")
    _set_mail(sven, office, sender_name="Annas")
    assert (_deliver(), office.desk.taken) == (["not-vouched"], [])
    assert "Invitations wait" in as_anna.get("/company/mail/").content.decode()

    _set_mail(as_anna, office)
    assert (_deliver(), len(office.desk.taken)) == ([""], 1)


def test_supplier_moves_vouched_settings_elsewhere_and_invitations_stay(
    link: str, office: PostOffice, as_anna: Client
) -> None:
    _set_mail(as_anna, office)
    sven = _browser(Role.SUPPLIER)
    _set_mail(sven, office, sender_name="Annas")  # the same way out
    assert MailServer.objects.get().is_vouched
    _set_mail(sven, office, host="localhost")
    assert (_deliver(), office.desk.taken) == (["not-vouched"], [])
