"""What could go wrong in how the firm forgets somebody, done for real and mended at the end of the block."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from uuid import UUID

from django.db.models.signals import post_save

from tests.evidence import measured
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.personal_data.card import HOLDING
from tryggve.lib import folders
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value


@contextmanager
def keys_that_stay() -> Iterator[None]:
    """The key store quietly keeps every key that somebody destroys."""
    _on_the_keys("CREATE TRIGGER kept BEFORE DELETE ON keys BEGIN SELECT RAISE(IGNORE); END")
    try:
        yield
    finally:
        _on_the_keys("DROP TRIGGER kept")


@contextmanager
def nobody_put_aside() -> Iterator[None]:
    """The database brings whoever was put aside back into force at once."""
    measured.then(
        "customers_customerchange",
        "UPDATE customers_customer SET state = 'ACTIVE' WHERE id = NEW.customer_ref AND state = 'PUT_ASIDE'",
    )
    yield
    measured.mend("customers_customerchange")


@contextmanager
def a_copy_in_another_domain() -> Iterator[None]:
    """A domain keeps everybody's name for itself, hands it out when asked, and erases nothing."""
    names: dict[UUID, str] = {}

    def note(instance: Customer, **rest: object) -> None:
        if person := customers.person(instance.pk):
            names[instance.pk] = person.name

    def told(customer: UUID) -> Iterable[Part]:
        yield Part("copy", "Copy", [Value("name", "Name", names.get(customer))], since=None)

    post_save.connect(note, sender=Customer)
    registry.register(replace(HOLDING, code="tests.copies", export=told, erase=registry.with_the_key))
    try:
        yield
    finally:
        registry._holdings.pop("tests.copies")
        post_save.disconnect(note, sender=Customer)


@contextmanager
def domain_that_hands_out_nothing(code: str) -> Iterator[None]:
    """What that domain holds is told to nobody."""
    whole = dict(registry._holdings)
    registry._holdings[code] = replace(whole[code], export=lambda person: ())
    try:
        yield
    finally:
        registry._holdings.update(whole)


def _on_the_keys(statement: str) -> None:
    with closing(sqlite3.connect(folders.current().keys)) as connection, connection:
        connection.execute(statement)
