"""Second factors: set up, used, taken away. What allauth keeps of them is made and changed here alone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.domains.access import actions
from tryggve.domains.access.engine import totp
from tryggve.domains.access.selectors import factors as selectors
from tryggve.domains.access.services import measuring
from tryggve.lib.errors import Refusal

Type = Authenticator.Type
LONGEST_NAME = 60


class WrongCode(Refusal):
    """It isn't a code of this person's, or one that was used already."""


class LastFactor(Refusal):
    """Without this one there would be none."""


@transaction.atomic
def add_totp(*, user: User, secret: str, code: str, at: datetime) -> Authenticator:
    """Set up a telephone's codes, in place of those of another telephone. Raises WrongCode, vault.Locked."""
    step = totp.step_of(secret, code, at=at.timestamp(), after=None)
    if step is None:
        raise _wrong_code()
    Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
    data = {"secret": encrypt(secret), "used": step}  # the code that was typed just now doesn't count again
    return _add(user=user, type=Type.TOTP, data=data, at=at)


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: object, at: datetime) -> Authenticator:
    """Keep a passkey that the browser has just made and passkeys.accept_new has let pass."""
    data = {"name": name[:LONGEST_NAME], "credential": credential}
    return _add(user=user, type=Type.WEBAUTHN, data=data, at=at)


@transaction.atomic
def use_code(*, user: User, code: str, at: datetime) -> Authenticator:
    """Whose code this is, a telephone's or a recovery code; it is used up. Raises WrongCode, vault.Locked."""
    kept = Authenticator.objects.select_for_update().filter(user=user)
    telephone = kept.filter(type=Type.TOTP).first()
    if telephone is not None and _use_totp(telephone, code, at):
        return telephone
    recovery = kept.filter(type=Type.RECOVERY_CODES).first()
    if recovery is not None and recovery.wrap().validate_code(code):
        recovery.refresh_from_db()
        left = len(recovery.wrap().get_unused_codes())
        _log(actions.RECOVERY_CODE_USED, user, at, left=left)
        return recovery
    raise _wrong_code()


@transaction.atomic
def remove_factor(*, user: User, factor: int, at: datetime) -> None:
    """Take one away; nothing happens if it is gone. Raises LastFactor."""
    found = selectors.ways_of(user)
    gone = next((one for one in found if one.pk == factor), None)
    if gone is None:
        return
    if len(found) == 1:
        raise LastFactor(
            _("This is your only second way to sign in. Nothing was changed. Set up another one first.")
        )
    gone.delete()
    _log(actions.FACTOR_REMOVED, user, at, kind=selectors.kind_of(gone))


@transaction.atomic
def make_recovery_codes(*, user: User, at: datetime) -> list[str]:
    """Ten new codes; older ones no longer count. They are told this once. Raises vault.Locked."""
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    made = RecoveryCodes.activate(user)
    _log(actions.RECOVERY_CODES_MADE, user, at)
    codes: list[str] = made.generate_codes()
    return codes


def note_codes_kept(*, user: User, at: datetime) -> None:
    """The person has said that the recovery codes are written down or printed."""
    for made in Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES):
        made.data["kept_at"] = at.timestamp()
        made.save(update_fields=["data"])


def _use_totp(telephone: Authenticator, code: str, at: datetime) -> bool:
    secret, used = decrypt(telephone.data["secret"]), telephone.data.get("used")
    step = totp.step_of(secret, code, at=at.timestamp(), after=used)
    if step is None:
        return False
    telephone.data["used"] = step
    telephone.save(update_fields=["data"])
    return True


def _add(*, user: User, type: str, data: dict[str, object], at: datetime) -> Authenticator:
    made = Authenticator.objects.create(user=user, type=type, data=data, created_at=at)
    _log(actions.FACTOR_ADDED, user, at, kind=selectors.kind_of(made))
    measuring.again("AUT-04", "GOV-01", actor=user.actor, at=at)
    return made


def _log(action: Action, user: User, at: datetime, **facts: int | str) -> None:
    audit.record(action, actor=user.actor, at=at, subject=user.pk, details=None, **facts)


def _wrong_code() -> WrongCode:
    return WrongCode(_("This code isn't right, or it was used already. Wait for the next one and type that."))
