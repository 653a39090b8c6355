"""Lets tests with real transactions empty the tables between them, which an append-only table refuses.

Named in ``pytest_plugins`` of the root conftest. The triggers are taken away after such a test and not before
it, so they hold while it runs; Django's flush sends ``post_migrate``, which puts them back for the next test.
"""

import shutil
from collections.abc import Iterator

import pytest
from django.db import connection

from tryggve.lib import folders

_EMPTYING = {"transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.fixture(autouse=True)
def audit_folder_is_empty() -> Iterator[None]:
    """What a test wrote of the log on the disk goes when its rows do."""
    folder = folders.current().audit  # a test may choose other folders, which go by themselves
    yield
    if folder.is_dir() and any(folder.iterdir()):
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)


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
    with connection.cursor() as cursor:
        for name in TRIGGERS[connection.vendor]:
            table = name.partition("_no_")[0]
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}")
            )


_KINDS = {"sqlite": ["no_delete", "no_replace", "no_update"], "postgresql": ["no_change", "no_truncate"]}
TRIGGERS = {
    vendor: [f"{table}_{kind}" for table in ("audit_entry", "audit_leaf") for kind in kinds]
    for vendor, kinds in _KINDS.items()
}
