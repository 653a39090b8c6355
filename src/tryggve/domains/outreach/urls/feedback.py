from django.urls import path

from tryggve.domains.outreach.views import feedback

urlpatterns = [
    path("customers/feedback/", feedback.show_all, name="feedback-list"),
    path("customers/feedback/<uuid:feedback>/", feedback.show, name="feedback"),
    path("customers/feedback/<uuid:feedback>/follow-up/", feedback.follow_up, name="feedback-follow-up"),
    path("customers/<uuid:customer>/feedback/", feedback.ask, name="feedback-ask"),
]
