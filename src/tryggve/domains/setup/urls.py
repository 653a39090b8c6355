from django.urls import path

from tryggve.domains.setup import views

app_name = "setup"
urlpatterns = [
    path("", views.home, name="home"),
    path("start/<str:token>/", views.start, name="start"),
]
