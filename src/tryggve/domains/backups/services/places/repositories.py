"""The repositories of a place that is being added: found again, taken up, or made; and the trial of them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from tryggve.domains.backups import place_access, place_trials
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_trials import Tried
from tryggve.domains.backups.restic import Repository, ResticFailed, WrongPassword
from tryggve.domains.backups.services.places import passwords, refusals
from tryggve.lib import write_points

_BYTES: Final = 32


def with_passwords(access: Access, *, taken_up_with: str) -> Access:
    """With those of a place that was there before, with the one that a person typed, or with new ones."""
    before = next((one for one in _known() if one.where == access.where), None)
    if before is not None and not taken_up_with:
        return replace(access, data_password=before.data_password, keys_password=before.keys_password)
    return replace(
        access,
        data_password=taken_up_with or secrets.token_urlsafe(_BYTES),
        keys_password=taken_up_with or secrets.token_urlsafe(_BYTES),
    )


def make_and_try(
    access: Access, kind: str, *, holds_data: bool, holds_keys: bool, at: datetime
) -> Tried | None:
    """What came of trying the data's; None where it holds none. Raises KeepsAll, OthersThere and NotUsable."""
    with _told():
        for repository in (
            *([access.data().brief()] if holds_data else []),
            *([access.keys().brief()] if holds_keys else []),
        ):
            _require_there(repository)
        if holds_keys:
            if not place_trials.lets_go(access.keys().brief()):
                raise refusals.KeepsAll
            passwords.give(access.keys())
        return place_trials.try_out(access.data().brief(), access, kind, at=at) if holds_data else None


def lying_there(access: Access, *, holds_data: bool, holds_keys: bool) -> set[str]:
    """The ids of all copies there. Raises NotUsable."""
    with _told():
        held = (*([access.data()] if holds_data else []), *([access.keys()] if holds_keys else []))
        return {one.id for repository in held for one in repository.brief().snapshots()}


def require_there(access: Access, *, holds_data: bool, holds_keys: bool) -> None:
    """That what let in before and what lets in now lead to the same. Raises NotUsable and OthersThere."""
    with _told():
        kept = (*([access.data()] if holds_data else []), *([access.keys()] if holds_keys else []))
        if not all(one.exists() for one in kept):
            raise refusals.NotUsable(_("The backups of this place aren't there. Nothing was changed."))


def _require_there(repository: Repository) -> None:
    """Of one that is there the locks of those who died go: such as of a trial that was cut off."""
    if repository.exists():
        repository.free()
        return
    repository.make()
    write_points.reached("backups: repository made")


def _known() -> Iterator[Access]:
    """Of places that were removed, or never came to be; the newest first."""
    for row in Place.objects.exclude(access_sealed=b"").order_by("-added_at"):
        yield place_access.opened(bytes(row.access_sealed))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except WrongPassword:
        raise refusals.OthersThere from None
    except ResticFailed as failure:
        raise refusals.NotUsable(_in_words(failure.code)) from None


def _in_words(code: str) -> str:
    told = {
        "not-installed": _("restic is missing on this computer. Install it: sudo apt-get install restic."),
        "too-old": _(
            "The restic on this computer is too old: it must be 0.14 or later. Install it: sudo apt-get install restic."
        ),
        "unreachable": _(
            "The place doesn't answer, or doesn't let Tryggve in or write there. See that it is on, that the address "
            "is right, and that Tryggve has the right to write."
        ),
        "full": _("There is no room left in the place. Make room there, or choose another."),
        "damaged": _("What was read there isn't what was written. Don't trust this place; choose another."),
        "took-too-long": _("The place took too long to answer. Try again, or choose another."),
        "locked": _("Another program is at work in this place. Try again when it is done."),
        "refused": _(
            "The place doesn't let Tryggve clear away its own lock files. It can't be used for backups."
        ),
    }
    reason = told.get(code, _("The trial of the place failed. See that its address and rights are right."))
    return f"{reason} " + _("Nothing was changed.")
