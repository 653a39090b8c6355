"""Pages for people who work here; allauth's own addresses have no prefix and stand in ``urls``."""

from django.urls import path

from tryggve.domains.access import checkpoint_views, log_views

app_name = "access"
urlpatterns = [
    path("company/proof/", checkpoint_views.proof, name="proof"),
    path("events/log/", log_views.log, name="log"),
    path("events/log/about/<uuid:subject>/", log_views.about, name="log-about"),
    path("events/log/verify/", log_views.verify, name="log-verify"),
    path("events/log/verify/<uuid:job>/", log_views.verification, name="log-verification"),
    path("events/log/export/", log_views.export, name="log-export"),
]
