"""What is tried at the doors while the register is locked, where no customer can be made up."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.evidence import measured
from tests.telephone import telephone_of
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.vault import custody
from tryggve.vault.tests.cheap import PASSPHRASE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]


def test_customers_door_waits_and_what_is_wrong_at_our_own_is_told(anna: User) -> None:
    telephone_of(anna)
    custody.lock()
    with pytest.raises(vault.NotUnlocked):
        measured.found("AUT-04", timezone.now())

    Authenticator.objects.all().delete()
    assert measured.found("AUT-04", timezone.now()) == ("FAILING", "people")

    telephone_of(anna)
    custody.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    assert measured.found("AUT-04", timezone.now()) == ("PROVED", "")
