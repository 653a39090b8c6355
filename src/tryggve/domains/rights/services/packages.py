"""The package that a customer gets who asks what is held, or to take it elsewhere (GDPR art. 15 and 20)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.rights import actions, package_files, sealing
from tryggve.domains.rights.models import Case, Package
from tryggve.domains.rights.selectors.requests import case_rows
from tryggve.domains.rights.services import package_jobs
from tryggve.domains.rights.services.requests import case_steps
from tryggve.domains.rights.services.requests.case_answers import require_identity
from tryggve.lib.errors import Refusal
from tryggve.routines import jobs

MADE_FOR = (Case.Kind.ACCESS, Case.Kind.PORTABILITY)
# Closed without what was asked for.
_NOT_ANSWERED_SO = (Case.State.REFUSED, Case.State.TAKEN_BACK, Case.State.ERASED)
_MACHINE = "system"


class NotWithPackage(Refusal):
    """What this case asks for isn't a copy of the data."""

    sentence: ClassVar = _(
        "A package is made for who asks to see the data or to take it elsewhere. Nothing was made."
    )


class BeingMade(Refusal):
    """One is being made already."""

    sentence: ClassVar = _("A package is being made for this request already. Wait until it is there.")


class NoPackage(Refusal):
    """There is none any more, or not yet."""

    sentence: ClassVar = _("There is no package for this request, or not any more. Make a new one.")


@transaction.atomic
def order_package(
    *,
    case: UUID,
    seen_revision: int,
    language: str,
    documents: Sequence[UUID] | None,
    actor: str,
    at: datetime,
    reach: Reach,
) -> UUID:
    """Have a package made; its id. The worker makes it, and it takes the place of any that is there.

    ``documents``: those that the customer gave, of one to take elsewhere; None for all. Raises NotWithPackage,
    BeingMade, IdentityUnknown, and as case_steps.locked does.
    """
    row, _known = case_steps.locked(case, seen_revision=seen_revision, reach=reach)
    package = _ordered(row, language=language, documents=documents, actor=actor, at=at)
    jobs.enqueue(package_jobs.make_package, package.pk)
    return package.pk


@transaction.atomic
def make_now(
    *,
    case: UUID,
    language: str,
    documents: Sequence[UUID] = (),
    actor: str,
    at: datetime,
    reach: Reach,
) -> UUID:
    """The same at once, for a command: with every document for who asks what is held. Raises as order_package does."""
    revision = Case.objects.filter(pk=case).values_list("revision", flat=True).first()
    if revision is None:
        raise case_rows.NoSuchCase
    row, _known = case_steps.locked(case, seen_revision=revision, reach=reach)
    chosen = documents if row.kind == Case.Kind.PORTABILITY else None
    package = _ordered(row, language=language, documents=chosen, actor=actor, at=at)
    package_jobs.make(package=package.pk, at=at)
    return package.pk


def is_made_for(kind: str) -> bool:
    """Whether who asks for that gets a package."""
    return kind in MADE_FOR


def hand_out(
    *, case: UUID, reason: str, actor: str, at: datetime, reach: Reach
) -> tuple[Package, Iterator[bytes]]:
    """The package of a case, in pieces; that it left, and why, is in the log. Raises NoPackage and CustomerGone.

    ``reason`` may be empty where the customer fetches it. Raises IdentityUnknown, policy.Refused and vault.Locked, too.
    """
    package = ready_package(case)
    if package is None or package.case.state in _NOT_ANSWERED_SO:
        raise NoPackage
    require_identity(package.case)
    known = case_rows.kept(package.case.customer_ref, reach)
    with _opened(package):
        pass  # a file that isn't there is told before the answer begins
    with transaction.atomic():
        details = audit.Details({"reason": reason}, known.key, vault.GENERAL) if reason else None
        audit.look(
            actions.PACKAGE_HANDED_OUT, actor=actor, at=at, subject=known.id, details=details,
            case=str(case), package=str(package.pk),
        )  # fmt: skip
    return package, _pieces(package)


def ready_package(case: UUID) -> Package | None:
    """The newest package of a case, while it is there."""
    rows = Package.objects.select_related("case").filter(case=case, state=Package.State.READY)
    return rows.order_by("-made_at").first()


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Remove packages thirty days after they were made, and what no row names since a day; how many packages."""
    old = Package.objects.filter(ordered_at__lt=at - timedelta(days=package_files.KEPT_DAYS))
    gone = package_files.remove(old)
    if gone:
        audit.record(actions.PACKAGES_FORGOTTEN, actor=_MACHINE, at=at, count=gone)
    _remove_unnamed(before=at - timedelta(days=1))
    return gone


def _ordered(
    row: Case, *, language: str, documents: Sequence[UUID] | None, actor: str, at: datetime
) -> Package:
    if not is_made_for(row.kind):
        raise NotWithPackage
    require_identity(row)
    if Package.objects.filter(case=row, state=Package.State.WAITING).exists():
        raise BeingMade
    package_files.remove(Package.objects.filter(case=row, state=Package.State.FAILED))
    package = Package.objects.create(
        case=row,
        language=language,
        documents=None if documents is None else [str(one) for one in documents],
        ordered_at=at,
        ordered_by=actor,
    )
    case_steps.save(row)
    case_steps.add(
        row, "package-ordered", action=actions.PACKAGE_ORDERED, actor=actor, at=at, package=str(package.pk)
    )
    return package


def _opened(package: Package) -> vault.SealedReader:
    bound_to = sealing.package_binding(package.pk, package.case.customer_ref)
    try:
        return vault.open_file(package_files.place_of(package.pk), bound_to=bound_to)
    except (vault.CannotOpen, FileNotFoundError) as cause:
        raise NoPackage from cause


def _pieces(package: Package) -> Iterator[bytes]:
    with _opened(package) as file:
        while piece := file.read1():
            yield piece


def _remove_unnamed(*, before: datetime) -> None:
    if not package_files.folder().is_dir():
        return
    named = {one.hex for one in Package.objects.values_list("pk", flat=True)}
    for path in package_files.folder().iterdir():
        if path.name not in named and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
