"""The steps of signing in that come after the password, or in its place."""

from datetime import datetime

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.accounts.pages import path_within
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.selectors import factors as selectors
from tryggve.domains.access.services import factors, limits, passkeys, proofs
from tryggve.lib.errors import Refusal


class TooManyGuesses(Refusal):
    """Codes were guessed too often; told in words, and over in a while."""


def use_code(request: HttpRequest, *, user: User, code: str, at: datetime) -> Authenticator:
    """Count the guess, then see whose code it is. Raises TooManyGuesses, factors.WrongCode, vault.Locked."""
    guess = limits.take_guess(request, user=user)
    if guess is None:
        if limits.is_news(request, email=user.email):
            audit.record(actions.FACTOR_LIMITED, actor=_actor(request), at=at, subject=user.pk)
        raise TooManyGuesses(
            _("Too many wrong codes. Nothing was changed. Wait five minutes and try again, or use a passkey.")
        )
    try:
        found = factors.use_code(user=user, code=code, at=at)
    except factors.WrongCode:
        audit.record(actions.FACTOR_FAILED, actor=_actor(request), at=at, subject=user.pk)
        raise
    guess.rollback()
    return found


def log_confirmed(*, user: User, factor: Authenticator, at: datetime) -> None:
    """Keep that somebody showed once more who it is."""
    audit.record(actions.CONFIRMED, actor=user.actor, at=at, subject=user.pk, kind=selectors.kind_of(factor))


def whoever_comes(request: HttpRequest) -> User | None:
    """Who is signed in, or has shown the password and not yet the second factor."""
    if isinstance(request.user, User):
        return request.user
    login = unstash_login(request, peek=True)
    return login.user if login else None


def sign_in_with_passkey(
    request: HttpRequest, credential: object, *, next: str, at: datetime
) -> HttpResponse:
    """Sign in who holds this passkey, whoever that is. Raises passkeys.PasskeyRefused."""
    factor = passkeys.accept_used(request, credential, user=None)
    if not factor.user.is_active:
        raise passkeys.PasskeyRefused(_("The passkey was not accepted. Nothing was changed. Try once more."))
    request.session.cycle_key()
    proofs.note_factor_used(request, factor, alone=True)
    answer: HttpResponse = perform_login(request, Login(user=factor.user, redirect_url=path_within(next)))
    return answer


def _actor(request: HttpRequest) -> str:
    return request.user.actor if isinstance(request.user, User) else "anonymous"
