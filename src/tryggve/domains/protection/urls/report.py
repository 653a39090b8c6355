from django.urls import path

from tryggve.domains.protection.views import report as views

urlpatterns = [
    path("report/", views.show_all, name="reports"),
    path("report/new/", views.make, name="report-make"),
    path("report/<uuid:report>/", views.show, name="report-made"),
    path("report/<uuid:report>/file.<slug:form>", views.file, name="report-file"),
]
