"""What is done with who comes back from another company's sign-in: let in, linked to the account, or refused."""

from datetime import datetime

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.accounts.pages import actor_of, path_within
from tryggve.accounts.policy import asking
from tryggve.domains.access.selectors.provider import key_of
from tryggve.domains.access.services import identities
from tryggve.domains.access.services.proofs import FACTOR_ELSEWHERE
from tryggve.domains.access.services.provider_round import LINK, Return
from tryggve.domains.access.services.saml_round import Arrived
from tryggve.lib.errors import Refusal

OPENID = "openid_connect"
BY_OPENID, BY_SAML = "oidc", "saml"
# Whenever it was used over there, for a deed that asks for a fresh one it is too old.
_LONG_AGO = 0.0


class OtherPerson(Refusal):
    """Who comes back isn't signed in as who went away."""

    reason = "not-asked"


def login_of(request: HttpRequest, returned: Return) -> SocialLogin:
    """What allauth calls a sign-in elsewhere: the issuer's own number for the person, and nothing else to keep."""
    identity = returned.identity
    provider = get_adapter(request).get_provider(request, OPENID)
    login = provider.sociallogin_from_response(
        request,
        {
            "iss": identity.issuer,
            "sub": identity.subject,
            "email": identity.email,
            "email_verified": bool(identity.email),
        },
    )
    login.state = {
        "way": BY_OPENID,
        "process": returned.process,
        "next": returned.next,
        "begun_by": returned.begun_by,
        "is_with_factor": returned.is_with_factor,
    }
    return login


def saml_login_of(arrived: Arrived) -> SocialLogin:
    """The same for SAML. An entity may have the name of an issuer, and other numbers for people."""
    kept = {"issuer": arrived.issuer, "subject": arrived.subject}
    whose = key_of(f"saml {arrived.issuer}")
    login = SocialLogin(account=SocialAccount(provider=whose, uid=arrived.subject, extra_data=kept))
    login.state = {
        "way": BY_SAML,
        "process": arrived.process,
        "next": arrived.next,
        "begun_by": arrived.begun_by,
    }
    return login


def answer_to(request: HttpRequest, login: SocialLogin, *, at: datetime) -> HttpResponse:
    """Let in or link who was looked up. Raises what identities.whose and link raise, OtherPerson, policy.Refused."""
    goal = path_within(str(login.state.get("next") or ""))
    if login.state.get("process") == LINK:
        return _link(request, login, goal, at=at)
    if isinstance(request.user, User):
        return redirect(goal)  # signed in meanwhile, in another window
    return _let_in(request, login, identities.whose(login, at=at), goal)


def log_refused(request: HttpRequest, refusal: Refusal, *, at: datetime) -> None:
    """Keep why, by its code."""
    reason = getattr(refusal, "reason", "locked")
    identities.log_refused(reason=reason, actor=actor_of(request), at=at)


def _let_in(request: HttpRequest, login: SocialLogin, user: User, goal: str) -> HttpResponse:
    """The first step is done; without signal_kwargs, since those would put addresses into the session."""
    request.session.cycle_key()  # whoever planted this session must not see the second step
    record_authentication(request, user, "socialaccount", type=login.state["way"])
    arriving = Login(user=user, redirect_url=goal)
    if login.state.get("is_with_factor"):
        record_authentication(request, user, "mfa", type=FACTOR_ELSEWHERE, at=_LONG_AGO)
        LoginStageController(request, arriving).set_handled(AuthenticateStage.key)
    answer: HttpResponse = perform_login(request, arriving)
    return answer


def _link(request: HttpRequest, login: SocialLogin, goal: str, *, at: datetime) -> HttpResponse:
    """The second factor was asked for when the round began; who comes back must be the same."""
    asking.require(asking.of_request(request, "access.own-sign-in", at=at))
    user = request.user
    if not isinstance(user, User) or login.state.get("begun_by") != str(user.pk):
        raise OtherPerson(_("Another person is signed in here now. Nothing was linked. Begin anew."))
    if login.account.pk is not None and login.account.user_id == user.pk:
        return redirect(goal)
    if login.account.pk is not None:
        raise identities.linked_elsewhere()
    identities.link(user=user, account=login.account, by_mail=False, at=at)
    messages.success(request, _("Linked. From now on you can take the first step of signing in with it."))
    return redirect(goal)
