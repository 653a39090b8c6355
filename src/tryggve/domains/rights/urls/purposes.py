from django.urls import path

from tryggve.domains.rights.views import purposes, record, starters

urlpatterns = [
    path("customers/purposes/", purposes.show_all, name="purposes"),
    path("customers/purposes/start/", starters.choose, name="purposes-start"),
    path("customers/purposes/add/", purposes.add, name="purpose-add"),
    path("customers/purposes/<uuid:purpose>/", purposes.change, name="purpose"),
    path("customers/purposes/<uuid:purpose>/end/", purposes.end, name="purpose-end"),
    path("customers/purposes/<uuid:purpose>/again/", purposes.again, name="purpose-again"),
    path("customers/purposes/<uuid:purpose>/move/", purposes.move, name="purpose-move"),
    path("company/record/", record.record, name="record"),
    path("company/record/details/", record.details, name="firm-details"),
    path("company/record/<int:number>/", record.version, name="record-version"),
    path("company/record/<slug:form>/", record.file, name="record-file"),
]
