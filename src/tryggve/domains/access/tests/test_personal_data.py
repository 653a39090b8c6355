import pytest
from allauth.account.models import EmailAddress

from tests.cast import NOW, PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.domains.access.personal_data import LastAccount
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(anna: User) -> User:
    """An employee."""
    return accounts.create_user(email="bo@example.se", password=PASSWORD, name="Bo Ek", language="sv")


def _account(user: User, *, actor: User) -> list[tuple[str, object]]:
    export = privacy.export_person(Subject(Kind.STAFF, user.pk), actor=actor.actor, at=NOW)
    (held,) = [held for held in export.held if held.code == "access.account"]
    return [(value.code, value.content) for part in held.parts for value in part.values]


def _erase(user: User, *, actor: User) -> int:
    erased = privacy.erase_person(Subject(Kind.STAFF, user.pk), actor=actor.actor, at=NOW)
    return erased["access.account"]


def test_account_is_exported_without_its_password(anna: User, bo: User) -> None:
    assert _account(bo, actor=anna) == [
        ("name", "Bo Ek"),
        ("email", "bo@example.se"),
        ("language", "sv"),
        ("is_active", True),
        ("last_login", None),
    ]


def test_erased_account_is_gone_with_its_addresses_and_others_stay(anna: User, bo: User) -> None:
    EmailAddress.objects.create(user=bo, email=bo.email)

    assert _erase(bo, actor=anna) == 2
    assert list(User.objects.values_list("email", flat=True)) == [anna.email]
    assert EmailAddress.objects.count() == 0
    assert (_account(bo, actor=anna), _erase(bo, actor=anna)) == ([], 0)


def test_only_account_that_may_sign_in_is_not_erased(anna: User, bo: User) -> None:
    bo.is_active = False
    bo.save()

    with pytest.raises(LastAccount):
        _erase(anna, actor=anna)
    assert User.objects.count() == 2
    assert _erase(bo, actor=anna) == 1
