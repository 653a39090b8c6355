"""Pages that do what the tests need; addresses for ``ROOT_URLCONF``."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import translation
from django.views import View
from django.views.generic import RedirectView, TemplateView
from django.views.static import serve

from tryggve.accounts import permissions
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.accounts.roles import Area, Level

ASKED: list[str] = []
permissions.declare("planted.see", area=Area.CUSTOMERS, level=Level.READ)


@permission(PUBLIC)
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse(translation.get_language())


@permission("planted.see")
def staff(request: HttpRequest) -> HttpResponse:
    ASKED.append(str(request.method))
    return HttpResponse(translation.get_language())


@permission("planted.misspelt")
def misspelt(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@permission("planted.see")
class Staff(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


class Forgotten(TemplateView):
    template_name = "ui/error.html"


urlpatterns = [
    path("open/", open_to_all),
    path("staff/", staff, name="staff"),
    path("staff-class/", Staff.as_view()),
    path("misspelt/", misspelt, name="misspelt"),
    path("forgotten/", forgotten, name="forgotten"),
    path("within/", include([path("forgotten/", Forgotten.as_view(), name="account_login")])),
    path("foreign/", serve, {"path": "x", "document_root": "/"}, name="foreign"),
    path("listed/", RedirectView.as_view(url="/open/"), name="account_logout"),
    path("nameless/", RedirectView.as_view(url="/open/")),
    path("", include("tryggve.domains.access.urls")),
    path("", include("tryggve.domains.setup.urls")),
]

handler403 = "tryggve.ui.errors.forbidden"
handler404 = "tryggve.ui.errors.not_found"
