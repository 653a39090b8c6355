from tryggve.domains.protection.urls import controls, report, routines, today

app_name = "protection"
urlpatterns = [*today.urlpatterns, *controls.urlpatterns, *routines.urlpatterns, *report.urlpatterns]
