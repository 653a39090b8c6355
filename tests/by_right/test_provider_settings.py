"""The firm's settings for customers who show by another service who they are."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.by_right.coming import BACK, HERE, choose
from tests.by_right.consenting import read
from tests.sign_in_service import CLIENT_ID, CLIENT_SECRET, SignInService
from tryggve import vault
from tryggve.domains.access import client_keeping
from tryggve.domains.rights.models import CustomerProvider
from tryggve.domains.rights.services.portal import customer_provider as services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "fresh_index")]
PAGE = "/company/customers-sign-in/"


def test_secret_lies_sealed_and_is_never_sent_to_another_service(service: SignInService) -> None:
    assert CLIENT_SECRET.encode() not in bytes(CustomerProvider.objects.get().secret_sealed)
    with pytest.raises(client_keeping.SecretNeeded):
        choose(service, issuer="https://mallory.example", secret=None)


def test_owner_sets_it_tests_it_and_removes_it(as_anna: Client, service: SignInService) -> None:
    services.remove_provider(actor="system", at=timezone.now())
    typed = {
        "name": "MitID", "issuer": service.issuer, "client_id": CLIENT_ID, "secret": CLIENT_SECRET,
        "scope": "openid cpr", "number_claim": "cpr", "number_country": "DK",
    }  # fmt: skip
    assert f"{HERE}{BACK}" in read(as_anna.get(PAGE))
    assert "Saved." in read(as_anna.post(PAGE, typed, follow=True))
    assert "answers as it should" in read(as_anna.post(f"{PAGE}try/"))
    assert CLIENT_SECRET not in read(as_anna.get(PAGE))
    as_anna.post(PAGE, {**typed, "secret": "", "name": "Mit ID"})
    row = CustomerProvider.objects.get()
    opened = vault.open_for_service("customers' sign-in service", bytes(row.secret_sealed))
    assert (row.name, opened.decode()) == ("Mit ID", CLIENT_SECRET)
    as_anna.post(f"{PAGE}remove/")
    assert not CustomerProvider.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"scope": "profile"}, "scope"),
        ({"scope": "openid\nx"}, "scope"),
        ({"number_claim": ""}, "number_country"),
        ({"number_country": ""}, "number_country"),
        ({"secret": ""}, "secret"),
        ({"issuer": "http://elsewhere.example"}, "__all__"),
    ],
)
def test_settings_that_cannot_work_are_not_saved(
    as_anna: Client, firm: Any, typed: dict[str, str], field: str
) -> None:
    told = {
        "name": "MitID", "issuer": "https://broker.example", "client_id": "x", "secret": "y",
        "scope": "openid cpr", "number_claim": "cpr", "number_country": "DK",
    }  # fmt: skip
    answer = as_anna.post(PAGE, {**told, **typed})
    assert set(answer.context["form"].errors) == {field}
    assert not CustomerProvider.objects.exists()


def test_employee_does_not_set_it(as_bo: Client) -> None:
    assert as_bo.get(PAGE).status_code == 403
