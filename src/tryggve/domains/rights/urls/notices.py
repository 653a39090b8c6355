from django.urls import path

from tryggve.domains.rights.views import notices, public_notice

urlpatterns = [
    path("company/notice/", notices.overview, name="notices"),
    path("company/notice/<slug:language>/", notices.show, name="notice"),
    path("company/notice/<slug:language>/publish/", notices.publish, name="notice-publish"),
    path("company/notice/<slug:language>/<int:number>/", notices.version, name="notice-version"),
    path(
        "company/notice/<slug:language>/<int:number>/<slug:form>/",
        notices.file,
        name="notice-file",
    ),
    path("notice/", public_notice.chosen, name="public-notice"),
    path("notice/<slug:language>/", public_notice.in_language, name="public-notice-in"),
]
