from django.urls import include, path

urlpatterns = [
    # First, since Today is asked for most.
    path("", include("tryggve.domains.protection.urls")),
    path("", include("tryggve.domains.setup.urls")),
    path("", include("tryggve.domains.access.urls")),
    path("", include("tryggve.domains.customers.urls")),
    path("", include("tryggve.domains.outreach.portal_urls")),
    path("", include("tryggve.domains.rights.urls")),
    path("", include("tryggve.domains.rights.portal_urls")),
    path("", include("tryggve.domains.outreach.urls")),
    path("", include("tryggve.domains.exposure.urls")),
    path("", include("tryggve.domains.incidents.urls")),
    path("", include("tryggve.domains.backups.urls")),
    path("", include("tryggve.domains.datamap.urls")),
]

handler400 = "tryggve.ui.errors.bad_request"
handler403 = "tryggve.ui.errors.forbidden"
handler404 = "tryggve.ui.errors.not_found"
handler500 = "tryggve.ui.errors.server_error"
handler429 = "tryggve.ui.errors.too_many_requests"
