"""A firm to look at: made up, furnished by every domain, in folders of its own, thrown away when it is in the way."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.accounts import people
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import services as audit
from tryggve.domains.setup import actions, installation
from tryggve.domains.setup.models import Firm
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.services import first_start
from tryggve.lib import demonstration
from tryggve.lib import folders as folder
from tryggve.lib.demonstration import Country
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock

_FIRMS: dict[Country, tuple[str, str, str]] = {
    "SE": ("Björkbacka Snickeri AB", "sv", "bjorkbacka.example"),
    "DK": ("Bøgelunds Tømrerfirma ApS", "da", "bogelund.example"),
}
_PEOPLE: dict[Country, tuple[str, str, str]] = {
    "SE": ("Anna Björk", "Bo Lindqvist", "Karin Öberg"),
    "DK": ("Anna Bøgelund", "Bo Kjær", "Karin Østergård"),
}
_ROLES = (Role.OWNER, Role.EMPLOYEE, Role.CAPTAIN)
_WORD_BYTES = 9
# What tells that the folder may be used again, and which folder of keys is its own; the lock is held meanwhile.
_KEPT = frozenset({"demo", "id", "run"})


class NotADemo(Refusal):
    """The folder holds a register that may be somebody's."""


@dataclass(frozen=True)
class WayIn:
    """Somebody of the demo firm, and the password of this start."""

    name: str
    role: str
    email: str
    password: str


def require_demo(folders: Folders) -> None:
    """Go on for a folder that is new, or was made for a demo. Raises NotADemo."""
    if folders.demo_mark.exists() or not folders.data.is_dir():
        return
    if any(folders.data.iterdir()):
        raise NotADemo(
            _(
                "%(folder)s holds something else than a demo. Nothing was changed. Name another folder with --data."
            )
            % {"folder": folders.data}
        )


def throw_away(folders: Folders) -> None:
    """Delete the demo firm with its keys. Raises NotADemo, and AlreadyRunning while it is open."""
    require_demo(folders)
    if not folders.demo_mark.exists():
        return
    folder.create(folders)  # refuses keys that are another register's
    with lock.hold(folders):
        folders.demo_mark.write_text("")
        for key in (folders.key_file, folders.service_key_file, folders.secret_key_file):
            key.unlink(missing_ok=True)
        demonstration.clear_up(folders)
        for path in folders.data.iterdir():
            if path.name not in _KEPT:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def make(folders: Folders, *, country: Country, customers: int, actor: str, at: datetime) -> None:
    """Make the demo firm, if it isn't there. Cut half-way, it is begun anew. Raises NotADemo."""
    require_demo(folders)
    if installation.is_begun(folders) and not _is_whole(folders):
        throw_away(folders)
    folders.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders.demo_mark.touch(mode=0o600)
    installation.prepare(folders, at=at)
    if selectors.the_firm() is None:
        staff = _claim(country, actor=actor, at=at)
        demonstration.furnish(
            demonstration.Order(country, customers, [one.pk for one in staff], actor=actor, at=at)
        )
        folders.demo_mark.write_text("whole")
    vault.forget()


def _is_whole(folders: Folders) -> bool:
    return folders.demo_mark.read_text() == "whole"


@transaction.atomic
def _claim(country: Country, *, actor: str, at: datetime) -> Sequence[User]:
    firm, language, domain = _FIRMS[country]
    staff = [
        accounts.create_user(
            email=f"{name.split()[0].lower()}@{domain}",
            password=None,
            name=name,
            language=language,
            role=role,
        )
        for name, role in zip(_PEOPLE[country], _ROLES, strict=True)
    ]
    Firm.objects.create(pk=1, name=firm, country=country, language=language, claimed_at=at)
    audit.record(actions.FIRM_CLAIMED, actor=actor, at=at)
    owner, employee, _captain = staff
    people.set_scope(person=employee.pk, scope=Scope.OWN, by=None, at=at)
    for one in staff:
        first_start.note_welcomed(user=one, at=at)
    return [owner, employee]


@transaction.atomic
def ways_in() -> Sequence[WayIn]:
    """New passwords for everybody in the demo firm: none is written down anywhere, and none is the same twice."""
    return [_way_in(user) for user in User.objects.order_by("pk")]


def _way_in(user: User) -> WayIn:
    password = secrets.token_urlsafe(_WORD_BYTES)
    user.set_password(password)
    user.save(update_fields=["password", "password_mark"])
    return WayIn(user.name, str(user.get_role_display()), user.email, password)
