"""Second factors of a person, as they stand."""

from allauth.mfa.models import Authenticator

from tryggve.accounts.models import User

Type = Authenticator.Type
_KINDS = {Type.TOTP: "totp", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "recovery"}


def kind_of(factor: Authenticator) -> str:
    """What the log and the sessions call it."""
    return _KINDS[factor.type]


def ways_of(user: User) -> list[Authenticator]:
    """Those that one signs in with day by day, oldest first: recovery codes alone are none."""
    found = Authenticator.objects.filter(user=user).exclude(type=Type.RECOVERY_CODES)
    return list(found.order_by("created_at", "pk"))


def recovery_codes_left(user: User) -> int:
    """How many haven't been used; 0 where none were made. Raises vault.Locked."""
    made = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return len(made.wrap().get_unused_codes()) if made else 0


def are_codes_kept(user: User) -> bool:
    """Whether the person said that the newest codes are written down or printed."""
    made = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return bool(made and made.data.get("kept_at"))
