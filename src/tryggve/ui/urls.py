from django.urls import path

from tryggve.ui import views

app_name = "ui"
urlpatterns = [
    path("health", views.health, name="health"),
    path("language", views.language, name="language"),
]
