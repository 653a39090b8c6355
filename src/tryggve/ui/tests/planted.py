"""Pages that do what the tests need; addresses for ``ROOT_URLCONF``."""

from allauth.account import views as sign_in
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.accounts.roles import Area, Level
from tryggve.lib.errors import Missing, Refusal

SECRET = "19811218-9876"
POSTS: list[str] = []
STAFF_ONLY = "planted.see"
permissions.declare(STAFF_ONLY, area=Area.CUSTOMERS, level=Level.READ)


class Locked(Refusal):
    exit_status = 3


class SignIn(sign_in.LoginView):  # type: ignore[misc]  # allauth has no types
    permission = PUBLIC


@permission(PUBLIC)
def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


@permission(PUBLIC)
def broken(request: HttpRequest) -> HttpResponse:
    personal = SECRET
    raise ValueError(f"cannot read {personal}")


@permission(PUBLIC)
def needs_database(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(User.objects.count()))


@permission(PUBLIC)
def garbled(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@permission(PUBLIC)
def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@permission(PUBLIC)
def missing(request: HttpRequest) -> HttpResponse:
    raise Missing(SECRET)


@permission(PUBLIC)
def refused(request: HttpRequest) -> HttpResponse:
    raise Refusal("The list is empty. Nothing was lost. Choose another file.")


@permission(PUBLIC)
def locked(request: HttpRequest) -> HttpResponse:
    raise Locked("The key is missing. Nothing was lost. Bring it back.")


@permission(PUBLIC)
@require_POST
def button_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@permission(PUBLIC)
def moved(request: HttpRequest) -> HttpResponse:
    return redirect("fine")


@permission(PUBLIC)
@csrf_exempt
def counted(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        POSTS.append(request.path)
    return HttpResponse(status=204)


@permission(PUBLIC)
def staff(request: HttpRequest) -> HttpResponse:
    request.user = User(name="Anna Nordlund", email="anna@example.com")
    messages.warning(request, "The backup is late.")
    return HttpResponse(engines["django"].from_string(STAFF).render({}, request))


STAFF = """{% extends "ui/staff.html" %}{% load ui %}
{% block title %}Customers{% endblock %}{% block heading %}Customers{% endblock %}
{% block search %}<label for="q">Search</label><input id="q" data-search>{% endblock %}
{% block content %}
<form id="once" method="post" action="/counted/"><button>Send</button></form>
<button id="opener" data-opens="sure">Delete</button><dialog id="sure"><h2>Sure?</h2></dialog>
<button id="asks" hx-get="/refused/" hx-target="#answer">Ask</button>
<div hx-target="#elsewhere"><button id="asks-without-target" hx-get="/fine/">Ask</button></div>
<button id="goes" hx-get="/fine/" hx-target="#answer" hx-push-url="true">Go</button>
<div id="answer"></div><div id="elsewhere"></div>
{% endblock %}"""

urlpatterns = [
    path("", fine, name="fine"),
    path("broken/", broken),
    path("needs-database/", needs_database),
    path("garbled/", garbled),
    path("closed/", closed),
    path("missing/", missing),
    path("refused/", refused),
    path("locked/", locked),
    path("button-only/", button_only, name="button-only"),
    path("fine/", fine),
    path("moved/", moved),
    path("counted/", counted),
    path("staff/", staff, name="staff"),
    path("staff/inner/", staff, name="staff-inner"),
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("", include("tryggve.domains.setup.urls")),
]

handler400 = "tryggve.ui.errors.bad_request"
handler403 = "tryggve.ui.errors.forbidden"
handler404 = "tryggve.ui.errors.not_found"
handler429 = "tryggve.ui.errors.too_many_requests"
handler500 = "tryggve.ui.errors.server_error"
