"""Signing in with another company's sign-in: what its owner sets, and the way there and back."""

from django.urls import path

from tryggve.domains.access.views import provider, saml

urlpatterns = [
    path("company/provider/", provider.provider, name="provider"),
    path("company/provider/try/", provider.try_it, name="provider-try"),
    path("company/provider/remove/", provider.remove, name="provider-remove"),
    path("company/sign-in/provider/link/", provider.link, name="provider-link"),
    path("company/sign-in/provider/unlink/", provider.unlink, name="provider-unlink"),
    path("sign-in/provider/", provider.leave, name="provider-leave"),
    path("sign-in/provider/return/", provider.come_back, name="provider-return"),
    path("company/sign-in/saml/link/", saml.link, name="saml-link"),
    path("sign-in/saml/", saml.leave, name="saml"),
    path("sign-in/saml/return/", saml.receive, name="saml-return"),
    path("sign-in/saml/arrived/", saml.arrived, name="saml-arrived"),
]
