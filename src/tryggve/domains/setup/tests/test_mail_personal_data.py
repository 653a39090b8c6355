import pytest

from tests.cast import NOW, PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.domains.setup import notices
from tryggve.notices import recipients, services
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(anna: User) -> User:
    """An employee."""
    return accounts.create_user(email="bo@example.se", password=PASSWORD, name="Bo Ek", language="sv")


def _message(to: User) -> None:
    services.send(notices.TEST_MAIL, to=recipients.staff(to), at=NOW, firm="Annas Snickeri")


def _settings(address: str) -> None:
    services.set_mail_server(
        host="smtp.example.com", port=587, security="starttls", username=address, password="gömda nycklar",
        sender_address=address, sender_name="Annas Snickeri", at=NOW,
    )  # fmt: skip


def _held(user: User, code: str) -> list[dict[str, object]]:
    export = privacy.export_person(Subject(Kind.STAFF, user.pk), actor=user.actor, at=NOW)
    (held,) = [held for held in export.held if held.code == code]
    return [{value.code: str(value.content) for value in part.values} for part in held.parts]


def _erase(user: User, code: str) -> int:
    return privacy.erase_person(Subject(Kind.STAFF, user.pk), actor=user.actor, at=NOW)[code]


def test_messages_are_handed_out_in_words_to_whom_they_are_for(anna: User, bo: User) -> None:
    _message(bo)
    _message(anna)
    (told,) = _held(bo, "setup.outbox")
    assert (told["address"], told["state"]) == ("bo@example.se", "waiting")
    assert "Annas Snickeri" in str(told["subject"])
    assert "Annas Snickeri" in str(told["text"])


def test_sent_message_is_handed_out_without_words(anna: User) -> None:
    _message(anna)
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, body_sealed=None)
    assert _held(anna, "setup.outbox") == [{"state": "sent"}]


def test_erased_persons_messages_are_gone_and_others_stay(anna: User, bo: User) -> None:
    _message(bo)
    _message(anna)
    assert (_erase(bo, "setup.outbox"), _erase(bo, "setup.outbox")) == (1, 0)
    assert [row.recipient_ref for row in OutboxMessage.objects.all()] == [anna.actor]


def test_settings_with_a_persons_own_address_are_handed_out_without_the_password(
    anna: User, bo: User
) -> None:
    _settings("Bo@example.se")
    assert _held(bo, "setup.mail-server") == [
        {"sender_address": "Bo@example.se", "sender_name": "Annas Snickeri", "username": "Bo@example.se"}
    ]
    assert _held(anna, "setup.mail-server") == []


def test_settings_with_an_erased_persons_address_are_gone(anna: User, bo: User) -> None:
    _settings("bo@example.se")
    assert _erase(bo, "setup.mail-server") == 1
    assert MailServer.objects.count() == 0


def test_settings_with_the_companys_address_stay(anna: User, bo: User) -> None:
    _settings("tryggve@example.se")
    assert _erase(bo, "setup.mail-server") == 0
    assert MailServer.objects.count() == 1
