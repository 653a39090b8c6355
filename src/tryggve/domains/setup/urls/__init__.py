from django.urls import path

from tryggve.domains.setup.urls import company, keys, mail, welcome
from tryggve.domains.setup.views import door

app_name = "setup"
urlpatterns = [
    path("", door.home, name="home"),
    path("health", door.health, name="health"),
    path("language", door.language, name="language"),
    path("start/<str:token>/", door.start, name="start"),
    *welcome.urlpatterns,
    *company.urlpatterns,
    *mail.urlpatterns,
    *keys.urlpatterns,
]
