from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import perform_login, record_authentication
from django.http import HttpRequest, HttpResponse


class SignIn(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address and password. What goes on into the session is the account's id alone."""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """The next step: the second factor, or for who has none yet the page to set one up."""
        request.session.cycle_key()  # whoever planted this session must not see the second step
        login = self._login
        login.email, login.redirect_url = None, redirect_url
        record_authentication(request, login.user, method="password")
        answer: HttpResponse = perform_login(request, login)
        return answer
