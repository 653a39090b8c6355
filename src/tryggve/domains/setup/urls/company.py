from django.urls import path

from tryggve.domains.setup.views import company

urlpatterns = [
    path("company/settings/", company.company, name="company"),
]
