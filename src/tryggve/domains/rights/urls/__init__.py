from tryggve.domains.rights.urls import (
    cases,
    consents,
    customer_provider,
    erasures,
    notices,
    purposes,
    retention,
)

app_name = "rights"
urlpatterns = [
    *cases.urlpatterns,
    *consents.urlpatterns,
    *customer_provider.urlpatterns,
    *purposes.urlpatterns,
    *notices.urlpatterns,
    *erasures.urlpatterns,
    *retention.urlpatterns,
]
