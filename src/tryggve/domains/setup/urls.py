from django.urls import path

from tryggve.domains.setup import keys_urls, mail_urls, views

app_name = "setup"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("language", views.language, name="language"),
    path("start/<str:token>/", views.start, name="start"),
    *mail_urls.urlpatterns,
    *keys_urls.urlpatterns,
]
