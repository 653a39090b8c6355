from django.urls import path

from tryggve.domains.rights.views import customer_provider

urlpatterns = [
    path("company/customers-sign-in/", customer_provider.settings, name="customer-provider"),
    path("company/customers-sign-in/try/", customer_provider.try_it, name="customer-provider-try"),
    path("company/customers-sign-in/remove/", customer_provider.remove, name="customer-provider-remove"),
]
