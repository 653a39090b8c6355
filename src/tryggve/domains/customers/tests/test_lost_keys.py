"""A key store that is older than the data must not look like a register without these people."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.db.models.signals import post_init

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import findings, sealing
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of
from tryggve.lib import findings as registry
from tryggve.lib import folders

pytestmark = pytest.mark.django_db


def _key(customer: UUID) -> UUID:
    return vault.key_id_of(bytes(Customer.objects.get(pk=customer).details_sealed))


def _lose(*customers: UUID) -> list[tuple[object, ...]]:
    """Take their keys away as an older copy of the key store would; the rows to bring back."""
    with closing(sqlite3.connect(folders.current().keys)) as store:
        kept: list[tuple[object, ...]] = []
        for customer in customers:
            one = (_key(customer).bytes,)
            kept += store.execute("SELECT * FROM keys WHERE id = ?", one).fetchall()
            store.execute("DELETE FROM keys WHERE id = ?", one)
        store.commit()
    return kept


def _bring_back(rows: list[tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(folders.current().keys)) as store:
        marks = ",".join("?" * len(rows[0]))
        store.executemany(f"INSERT INTO keys VALUES ({marks})", rows)  # noqa: S608 - question marks only
        store.commit()


def _find(text: str) -> list[str]:
    found = register.customers_matching(reach=EVERYBODY, text=text, actor=MACHINE, at=NOW)
    return [details.name for _customer, details in found]


def test_import_is_refused_and_creates_nobody_twice() -> None:
    cilla, _dan = add(CILLA, DAN)
    _lose(cilla)
    with pytest.raises(sealing.KeysMissing, match=r"1 customer is missing.*keys\.sqlite3") as refused:
        bring_in(csv_of(f"{CILLA.name};{CILLA.emails[0]};;"))
    assert refused.value.exit_status == 3
    assert (Customer.objects.count(), Import.objects.count()) == (2, 0)


def test_customer_in_force_without_a_key_is_told_by_id_alone(caplog: pytest.LogCaptureFixture) -> None:
    cilla, _dan = add(CILLA, DAN)
    _lose(cilla)
    assert _find("dan") == [DAN.name]
    [line] = caplog.records
    assert (line.levelno, line.__dict__["facts"]) == (logging.ERROR, {"count": 1, "customers": [str(cilla)]})


def test_log_counts_everybody_without_a_key_and_names_twenty(caplog: pytest.LogCaptureFixture) -> None:
    customers = add(*[CILLA] * 21)
    _lose(*customers)
    with pytest.raises(sealing.KeysMissing):
        _find("cilla")
    named = sorted(map(str, customers))[:20]
    assert [line.__dict__["facts"] for line in caplog.records] == [{"count": 21, "customers": named}]


def test_card_of_somebody_deleted_at_that_moment_is_nobodys() -> None:
    [cilla] = add(CILLA)

    def delete(**_told: object) -> None:
        post_init.disconnect(delete, sender=Customer)
        deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)

    post_init.connect(delete, sender=Customer)
    with pytest.raises(register.NoSuchCustomer):
        register.customer_card(reach=EVERYBODY, customer=cilla, actor=MACHINE, at=NOW)


def test_card_says_that_the_key_is_gone() -> None:
    [cilla] = add(CILLA)
    _lose(cilla)
    with pytest.raises(vault.KeyGone):
        register.customer_card(reach=EVERYBODY, customer=cilla, actor=MACHINE, at=NOW)


def test_search_that_finds_nobody_says_that_some_cannot_be_read() -> None:
    cilla, _dan = add(CILLA, DAN)
    kept = _lose(cilla)
    with pytest.raises(sealing.KeysMissing):
        _find("cilla")
    assert _find("dan") == [DAN.name]
    _bring_back(kept)
    assert _find("cilla") == [CILLA.name]
    assert (_find("nobody of that name"), register_index.without_key) == ([], 0)


def test_deleted_customer_without_a_key_is_told_no_more() -> None:
    cilla, _dan = add(CILLA, DAN)
    _lose(cilla)
    with pytest.raises(sealing.KeysMissing):
        _find("nobody of that name")
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert (_find("nobody of that name"), register_index.without_key) == ([], 0)


def test_customer_deleted_while_keys_are_counted_has_lost_nothing() -> None:
    [cilla] = add(CILLA)
    _lose(cilla)

    def delete_meanwhile(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if "COUNT" in sql:
            Customer.objects.filter(pk=cilla).update(state=Customer.State.DESTROYING)
        return execute(sql, *rest)

    with connection.execute_wrapper(delete_meanwhile):
        assert register.customers_without_key() == 0


def test_doctor_is_warned_when_nobody_can_be_counted() -> None:
    def refuse(*_told: object) -> None:
        raise OperationalError("no connection")

    with connection.execute_wrapper(refuse):
        assert findings.customers_keys(folders.current()).verdict == "warning"


def test_customers_without_key_are_counted_and_doctor_is_told() -> None:
    customers = add(CILLA, DAN, CILLA)
    assert register.customers_without_key() == 0
    assert findings.customers_keys(folders.current()).verdict == "good"
    _lose(*customers[:2])
    Customer.objects.filter(pk=customers[1]).update(state=Customer.State.DESTROYING)
    Customer.objects.filter(pk=customers[2]).update(details_sealed=b"")
    assert register.customers_without_key() == 1
    assert findings.customers_keys(folders.current()).verdict == "bad"
    assert findings.customers_keys in registry.questions()
