from django.urls import path

from tryggve.domains.setup import keys_kit_views, keys_unlock_views, keys_views

urlpatterns = [
    path("unlock/", keys_unlock_views.unlock, name="unlock"),
    path("company/keys/", keys_views.keys, name="keys"),
    path("company/keys/lock/", keys_views.lock, name="keys-lock"),
    path("company/keys/rotate/", keys_views.rotate, name="keys-rotate"),
    path("company/keys/key-file/", keys_views.key_file, name="keys-key-file"),
    path("company/keys/passphrase/", keys_views.passphrase, name="keys-passphrase"),
    path("company/keys/<uuid:unlocker>/remove/", keys_views.remove, name="keys-remove"),
    path("company/keys/kit/", keys_kit_views.kit, name="kit"),
    path("company/keys/kit/try/", keys_kit_views.try_kit, name="kit-try"),
    path("company/keys/kit/<int:number>/<int:share>/", keys_kit_views.page, name="kit-page"),
    path("company/keys/kit/<int:number>/<int:share>/print/", keys_kit_views.print_page, name="kit-print"),
]
