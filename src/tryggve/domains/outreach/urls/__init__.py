from tryggve.domains.outreach.urls import feedback, mailings

app_name = "outreach"
urlpatterns = [*feedback.urlpatterns, *mailings.urlpatterns]
