from allauth.account import views
from django.urls import include, path

from tryggve.domains.access.views import sign_in, steps

urlpatterns = [
    path("", include("tryggve.domains.access.staff_urls")),
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/second-step/", steps.second_step, name="mfa_authenticate"),
    path("sign-out/", views.logout, name="account_logout"),
]
