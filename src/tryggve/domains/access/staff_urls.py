"""Pages for people who work here; allauth's own addresses have no prefix and stand in ``urls``."""

from django.urls import include, path

from tryggve.domains.access.views import checkpoints, factors, log, own_sign_in, programs, steps, tokens

app_name = "access"
urlpatterns = [
    path("", include("tryggve.domains.access.people_urls")),
    path("sign-in/confirm/", steps.confirm, name="confirm"),
    path("sign-in/passkey/", steps.passkey_alone, name="passkey-alone"),
    path("sign-in/passkey/question/", steps.passkey_question, name="passkey-question"),
    path("sign-in/set-up/", factors.second_factor, name="second-factor"),
    path("sign-in/set-up/passkey/", factors.passkey, name="passkey"),
    path("sign-in/set-up/passkey/options/", factors.passkey_options, name="passkey-options"),
    path("sign-in/set-up/recovery-codes/", factors.recovery_codes, name="recovery-codes"),
    path("company/sign-in/", own_sign_in.mine, name="sign-in-mine"),
    path("company/sign-in/password/", own_sign_in.password, name="password"),
    path("company/sign-in/factors/<int:factor>/remove/", own_sign_in.remove_factor, name="factor-remove"),
    path("company/sign-in/sessions/end/", own_sign_in.end_sessions, name="sessions-end"),
    path("company/sign-in/devices/<uuid:device>/forget/", own_sign_in.forget_device, name="device-forget"),
    path("", include("tryggve.domains.access.provider_urls")),
    path("company/proof/", checkpoints.proof, name="proof"),
    path("company/tokens/", tokens.mine, name="tokens"),
    path("company/tokens/<uuid:token>/end/", tokens.end, name="token-end"),
    path("api/v1/log", programs.entries, name="api-log"),
    path("api/v1/openapi.json", programs.description, name="api-description"),
    path("events/log/", log.log, name="log"),
    path("events/log/about/<uuid:subject>/", log.about, name="log-about"),
    path("events/log/verify/", log.verify, name="log-verify"),
    path("events/log/verify/<uuid:job>/", log.verification, name="log-verification"),
    path("events/log/export/", log.export, name="log-export"),
]
