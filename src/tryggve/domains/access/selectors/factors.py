"""Second factors of a person, as they stand."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from tryggve.accounts.models import User

Type = Authenticator.Type
_KINDS = {Type.TOTP: "totp", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "recovery"}


@dataclass(frozen=True, slots=True)
class Standing:
    """All factors of a person: those that one signs in with day by day, oldest first, and the recovery codes."""

    ways: list[Authenticator]
    recovery: Authenticator | None

    @property
    def codes_left(self) -> int:
        """How many haven't been used; 0 where none were made. Raises vault.Locked."""
        return len(self.recovery.wrap().get_unused_codes()) if self.recovery else 0

    @property
    def are_codes_kept(self) -> bool:
        """Whether the person said that the newest codes are written down or printed."""
        return bool(self.recovery and self.recovery.data.get("kept_at"))


def kind_of(factor: Authenticator) -> str:
    """What the log and the sessions call it."""
    return _KINDS[factor.type]


def standing_of(user: User) -> Standing:
    """The person's factors, fetched once."""
    every = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    return Standing(
        ways=[one for one in every if one.type != Type.RECOVERY_CODES],
        recovery=next((one for one in every if one.type == Type.RECOVERY_CODES), None),
    )


def ways_of(user: User) -> list[Authenticator]:
    """Those that one signs in with day by day, oldest first: recovery codes alone are none."""
    return standing_of(user).ways
