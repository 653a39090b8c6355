from django.urls import path

from tryggve.domains.rights.views import case_writing, cases

urlpatterns = [
    path("customers/requests/", cases.show_all, name="cases"),
    path("customers/requests/<uuid:case>/", cases.show, name="case"),
    path("customers/requests/<uuid:case>/identity/", cases.identify, name="case-identity"),
    path("customers/requests/<uuid:case>/carry-out/", cases.carry_out, name="case-carry-out"),
    path("customers/requests/<uuid:case>/take-back/", cases.take_back, name="case-take-back"),
    path("customers/requests/<uuid:case>/longer/", case_writing.extend, name="case-extend"),
    path("customers/requests/<uuid:case>/write/", case_writing.write, name="case-write"),
    path("customers/requests/<uuid:case>/letters/<uuid:step>/", case_writing.letter, name="case-letter"),
    path("customers/requests/<uuid:case>/package/", case_writing.package, name="case-package"),
    path("customers/requests/<uuid:case>/package/file/", case_writing.package_file, name="case-package-file"),
    path("customers/<uuid:customer>/requests/add/", cases.add, name="case-add"),
]
