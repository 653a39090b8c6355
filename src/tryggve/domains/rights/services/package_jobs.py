"""Making a package, which the worker does: everything is read, sealed on its way, and told at the end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from tryggve import vault
from tryggve.accounts import orders
from tryggve.domains.rights import actions, package_files, sealing
from tryggve.domains.rights.engine import package_zip
from tryggve.domains.rights.models import Package
from tryggve.domains.rights.selectors.requests import package_parts
from tryggve.domains.rights.services.requests import case_steps
from tryggve.lib import write_points
from tryggve.routines import jobs

PERMISSION = "rights.package"


@task()
def make_package(package: str) -> None:
    """What the worker runs when somebody had a package made."""
    make(package=UUID(package), at=timezone.now())  # noqa: TID251 - the worker's clock


@jobs.when_given_up(make_package)
def give_up(package: str) -> None:
    """One that killed its worker twice isn't tried again by itself; a person may have a new one made."""
    _failed(UUID(package))


def make(*, package: UUID, at: datetime) -> None:
    """Make a package that was ordered; safe to run again after a crash.

    Raises vault.NotUnlocked before anything is read, Refused for who may no longer have that done, and what reading
    raises: then there is none.
    """
    vault.keyring().require_unlocked()
    row = Package.objects.select_related("case").filter(pk=package, state=Package.State.WAITING).first()
    if row is None:
        return
    try:
        orders.require_still_allowed(ordered_by=row.ordered_by, name=PERMISSION, at=at)
        size, files = _sealed(row, at=at)
        write_points.reached("package: sealed")
        _ready(row, size=size, files=files, at=at)
    except vault.NotUnlocked:
        raise
    except Exception:
        package_files.place_of(package).unlink(missing_ok=True)
        _failed(package)
        raise


def _sealed(row: Package, *, at: datetime) -> tuple[int, int]:
    """The size of the file, and how many are in it."""
    customer, place = row.case.customer_ref, package_files.place_of(row.pk)
    parts = package_parts.parts_of(row, actor=row.ordered_by, at=at)
    Package.objects.filter(pk=row.pk).update(files_total=len(parts.entries))
    package_files.folder().mkdir(mode=0o700, exist_ok=True)
    place.unlink(missing_ok=True)  # of a worker that was killed
    written = package_zip.pieces(
        parts.entries,
        facts=parts.facts,
        made_at=timezone.localtime(at),
        on_written=lambda count: _count(row.pk, count),
    )
    bound_to = sealing.package_binding(row.pk, customer)
    with package_zip.as_file(written) as source:
        return vault.seal_file(source, place, key=parts.key, bound_to=bound_to), len(parts.entries)


@transaction.atomic
def _ready(row: Package, *, size: int, files: int, at: datetime) -> None:
    waiting = Package.objects.filter(pk=row.pk, state=Package.State.WAITING)
    if waiting.update(state=Package.State.READY, size_bytes=size, made_at=at):
        package_files.remove(Package.objects.filter(case=row.case).exclude(pk=row.pk))
        case_steps.add(
            row.case, "package-made", action=actions.PACKAGE_MADE, actor=row.ordered_by, at=at,
            package=str(row.pk), files=files,
        )  # fmt: skip


def _count(package: UUID, count: int) -> None:
    Package.objects.filter(pk=package).update(files_done=count)


def _failed(package: UUID) -> None:
    Package.objects.filter(pk=package, state=Package.State.WAITING).update(state=Package.State.FAILED)
