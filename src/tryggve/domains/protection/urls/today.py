from django.urls import path

from tryggve.domains.protection.views import today as views

urlpatterns = [
    path("today/", views.show_today, name="today"),
    path("protection/size/", views.choose_size, name="size"),
]
