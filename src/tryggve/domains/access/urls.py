from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("", include("tryggve.domains.access.staff_urls")),
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
]
