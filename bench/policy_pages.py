"""The two empty pages of ``bench.policy``, and what the layers before them look for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tryggve.accounts.permissions import permission


@login_required
def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@permission("customers.view")
def ours(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("plain/", plain),
    path("ours/", ours),
    path("", include("tryggve.config.urls")),
]
