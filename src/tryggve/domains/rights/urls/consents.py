from django.urls import path

from tryggve.domains.rights.views import consent_texts, consents

urlpatterns = [
    path("customers/<uuid:customer>/consents/", consents.show, name="consents"),
    path("customers/<uuid:customer>/consents/record/", consents.record, name="consent-record"),
    path("customers/<uuid:customer>/consents/ask/", consents.ask, name="consent-ask"),
    path(
        "customers/<uuid:customer>/consents/<uuid:event>/receipt/",
        consents.receipt,
        name="consent-receipt",
    ),
    path("company/consents/", consent_texts.show_all, name="consent-texts"),
    path("company/consents/sign-up/", consent_texts.sign_up, name="consent-sign-up"),
    path("company/consents/names/", consent_texts.names, name="consent-names"),
    path("company/consents/<uuid:purpose>/website/", consent_texts.website, name="consent-website"),
    path("company/consents/<uuid:purpose>/<slug:language>/", consent_texts.write, name="consent-text"),
    path(
        "company/consents/<uuid:purpose>/<slug:language>/paper/",
        consent_texts.paper,
        name="consent-paper",
    ),
]
