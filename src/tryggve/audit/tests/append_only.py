"""Lets tests with real transactions empty the tables between them, which an append-only table refuses.

Named in ``pytest_plugins`` of the root conftest. The triggers are taken away after such a test and not before
it, so they hold while it runs; Django's flush sends ``post_migrate``, which puts them back for the next test.
"""

from collections.abc import Iterator

import pytest
from django.db import connection

_EMPTYING = {"transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.fixture(autouse=True)
def audit_log_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("django_db")
    if not (_EMPTYING & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    # Asked for here so that it is taken down, and with it the tables emptied, after this fixture.
    request.getfixturevalue("transactional_db")
    yield
    drop_triggers()


def drop_triggers() -> None:
    on_table = "" if connection.vendor == "sqlite" else " ON audit_entry"
    with connection.cursor() as cursor:
        for name in TRIGGERS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


TRIGGERS = {
    "sqlite": ["audit_entry_no_delete", "audit_entry_no_replace", "audit_entry_no_update"],
    "postgresql": ["audit_entry_no_change", "audit_entry_no_truncate"],
}
