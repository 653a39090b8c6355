from django.urls import path

from tryggve.domains.rights.portal_views import consents, door, own_page, papers, provider, sign_ups

app_name = "portal"
urlpatterns = [
    path("my/", own_page.home, name="home"),
    path("my/come-in/", door.ask, name="ask"),
    path("my/come-in/sent/", door.asked, name="asked"),
    path("my/link/<str:token>/", door.enter, name="open"),
    path("my/provider/", provider.leave, name="provider-leave"),
    path("my/provider/return/", provider.come_back, name="provider-return"),
    path("my/leave/", door.leave, name="leave"),
    path("my/data/", own_page.data, name="data"),
    path("my/consents/", consents.mine, name="consents"),
    path("my/consents/<uuid:event>/receipt/", consents.receipt, name="receipt"),
    path("my/requests/", own_page.requests, name="requests"),
    path("my/requests/<uuid:case>/package/", papers.package, name="package"),
    path("my/notice/", papers.notice, name="notice"),
    path("my/looks/", own_page.looks, name="looks"),
    path("consent/sign-up/", sign_ups.form, name="sign-up"),
    path("consent/sign-up/sent/", sign_ups.sent, name="sign-up-sent"),
    path("consent/sign-up/<str:token>/", sign_ups.confirm, name="sign-up-confirm"),
    path("consent/<str:token>/", consents.choose, name="choose"),
    path("consent/stop/<str:token>/", consents.withdraw, name="withdraw"),
    path("consent/form/<slug:purpose>/", consents.form, name="form"),
]
