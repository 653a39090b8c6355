"""The empty page that ``bench.today`` compares with: the frame of every page, and nothing in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from tryggve.accounts.permissions import permission


@permission("protection.today")
def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/staff.html")


urlpatterns = [path("empty/", empty), path("", include("tryggve.config.urls"))]
