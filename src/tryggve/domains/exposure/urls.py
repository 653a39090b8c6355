from django.urls import path

from tryggve.domains.exposure.views import domains, name_servers, overview, reports, sites, starting

app_name = "exposure"
urlpatterns = [
    path("protection/websites/", overview.overview, name="overview"),
    path("protection/websites/start/", starting.start, name="start"),
    path("protection/websites/measure/", overview.measure, name="measure"),
    path("protection/websites/name-servers/", name_servers.name_servers, name="name-servers"),
    path("protection/websites/domains/add/", domains.add, name="domain-add"),
    path("protection/websites/domains/<uuid:domain>/", domains.show, name="domain"),
    path("protection/websites/domains/<uuid:domain>/lines/", domains.lines, name="domain-lines"),
    path("protection/websites/domains/<uuid:domain>/change/", domains.change, name="domain-change"),
    path("protection/websites/domains/<uuid:domain>/remove/", domains.remove, name="domain-remove"),
    path("protection/websites/domains/<uuid:domain>/restore/", domains.restore, name="domain-restore"),
    path("protection/websites/domains/<uuid:domain>/reports/", reports.show, name="reports"),
    path("protection/websites/domains/<uuid:domain>/reports/add/", reports.add, name="report-add"),
    path("protection/websites/domains/<uuid:domain>/reports/sender/", reports.judge, name="sender-judge"),
    path("protection/websites/sites/add/", sites.add, name="site-add"),
    path("protection/websites/sites/<uuid:site>/", sites.show, name="site"),
    path("protection/websites/sites/<uuid:site>/remove/", sites.remove, name="site-remove"),
    path("protection/websites/sites/<uuid:site>/restore/", sites.restore, name="site-restore"),
]
