"""Pages for people who work here; allauth's own addresses have no prefix and stand in ``urls``."""

from django.urls import path

from tryggve.domains.access.views import checkpoints, log

app_name = "access"
urlpatterns = [
    path("company/proof/", checkpoints.proof, name="proof"),
    path("events/log/", log.log, name="log"),
    path("events/log/about/<uuid:subject>/", log.about, name="log-about"),
    path("events/log/verify/", log.verify, name="log-verify"),
    path("events/log/verify/<uuid:job>/", log.verification, name="log-verification"),
    path("events/log/export/", log.export, name="log-export"),
]
