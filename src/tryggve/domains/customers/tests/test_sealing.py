import logging

import pytest

from tests.cast import CILLA, DAN
from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def _opened() -> list[str]:
    rows = Customer.objects.order_by("created_at", "pk").values_list("pk", "revision", "details_sealed")
    return [details.name for _customer, details in sealing.opened(rows)]


@pytest.mark.parametrize("damage", [b"", b"\x01short", b"\x02" + bytes(60)], ids=["empty", "cut", "newer"])
def test_row_that_cannot_be_opened_hides_no_other_and_is_told(
    damage: bytes, logged: pytest.LogCaptureFixture
) -> None:
    broken, _dan = add(CILLA, DAN)
    Customer.objects.filter(pk=broken).update(details_sealed=damage)
    assert _opened() == [DAN.name]
    [line] = logged.records
    assert line.__dict__["facts"]["customer"] == str(broken)


def test_changed_bytes_are_told_and_hide_no_other(logged: pytest.LogCaptureFixture) -> None:
    broken, _dan = add(CILLA, DAN)
    blob = bytearray(Customer.objects.get(pk=broken).details_sealed)
    blob[-1] ^= 1
    Customer.objects.filter(pk=broken).update(details_sealed=bytes(blob))
    assert _opened() == [DAN.name]
    assert [line.__dict__["facts"]["error"] for line in logged.records] == ["Damaged"]


def test_customer_being_deleted_is_left_out_without_alarm(logged: pytest.LogCaptureFixture) -> None:
    gone, _dan = add(CILLA, DAN)
    key = vault.key_id_of(bytes(Customer.objects.get(pk=gone).details_sealed))
    vault.keyring().destroy_keys([key])
    Customer.objects.filter(pk=gone).update(state=Customer.State.DESTROYING)
    assert (_opened(), logged.records) == ([DAN.name], [])
