from django.urls import path

from tryggve.domains.incidents.views import seeing_to, telling, trials

app_name = "incidents"
urlpatterns = [
    path("events/happened/", telling.report, name="report"),
    path("events/happened/thanks/<slug:kind>/", telling.thanks, name="thanks"),
    path("events/happened/mine/", telling.mine, name="mine"),
    path("events/reports/", seeing_to.reports, name="reports"),
    path("events/reports/<uuid:report>/", seeing_to.card, name="card"),
    path("events/reports/<uuid:report>/receive/", seeing_to.receive, name="receive"),
    path("events/reports/<uuid:report>/answer/", seeing_to.answer, name="answer"),
    path("events/reports/<uuid:report>/close/", seeing_to.close, name="close"),
    path("test-alarm/<str:token>/", trials.trial, name="trial"),
]
