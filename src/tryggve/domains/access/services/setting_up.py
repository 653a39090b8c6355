"""What a session remembers while its second factor is being set up: a sealed secret and an id."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.sessions.backends.base import SessionBase

from tryggve.accounts.models import User
from tryggve.domains.access.engine import totp

_SECRET = "access.new-secret"  # noqa: S105 - a name
_PROVEN = "access.proven"


def secret_of(session: SessionBase) -> str:
    """The secret that this session offers a telephone, the same until it is taken. Raises vault.Locked."""
    if _SECRET in session:
        found: str = decrypt(session[_SECRET])
        return found
    made = totp.new_secret()
    session[_SECRET] = encrypt(made)
    return made


def address_of(secret: str, *, user: User, firm: str) -> str:
    """What the square that telephones read says (otpauth, as Google's app and all others take it)."""
    return totp.address_of(secret, account=user.email, issuer=firm)


def forget_secret(session: SessionBase) -> None:
    session.pop(_SECRET, None)


def note_proven(session: SessionBase, factor: Authenticator) -> None:
    """The first factor was set up in this session; it counts when the recovery codes are kept."""
    session[_PROVEN] = factor.pk


def proven_in(session: SessionBase, *, user: User) -> Authenticator | None:
    """The factor that was set up in this session and doesn't count yet."""
    if _PROVEN not in session:
        return None
    return Authenticator.objects.filter(user=user, pk=session[_PROVEN]).first()


def forget_proven(session: SessionBase) -> None:
    session.pop(_PROVEN, None)
