"""Where packages lie, each one sealed file."""

from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from tryggve.domains.rights.models import Package
from tryggve.lib import folders

# The customer has a month to fetch it; then it is one copy less to look after.
KEPT_DAYS = 30


def folder() -> Path:
    """Where the sealed bytes of all packages lie."""
    return folders.current().files / "packages"


def place_of(package: UUID) -> Path:
    return folder() / package.hex


def remove(rows: "QuerySet[Package]") -> int:
    """Remove the rows, and the sealed files when the transaction is committed; how many."""
    there = list(rows.values_list("pk", flat=True))
    Package.objects.filter(pk__in=there).delete()
    transaction.on_commit(lambda: _unlink(there))
    return len(there)


def _unlink(packages: list[UUID]) -> None:
    for package in packages:
        place_of(package).unlink(missing_ok=True)
