from django.urls import path

from tryggve.domains.outreach.portal_views import feedback

app_name = "feedback"
urlpatterns = [
    path("my/feedback/", feedback.mine, name="mine"),
    path("feedback/thanks/", feedback.thanks, name="thanks"),
    path("feedback/<str:token>/", feedback.answer, name="answer"),
]
