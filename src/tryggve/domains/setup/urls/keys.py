from django.urls import path

from tryggve.domains.setup.views import keys, kit, unlock

urlpatterns = [
    path("unlock/", unlock.unlock, name="unlock"),
    path("company/keys/", keys.keys, name="keys"),
    path("company/keys/lock/", keys.lock, name="keys-lock"),
    path("company/keys/rotate/", keys.rotate, name="keys-rotate"),
    path("company/keys/key-file/", keys.key_file, name="keys-key-file"),
    path("company/keys/passphrase/", keys.passphrase, name="keys-passphrase"),
    path("company/keys/os-keyring/", keys.os_keyring, name="keys-os-keyring"),
    path("company/keys/systemd-credential/", keys.systemd_credential, name="keys-systemd-credential"),
    path("company/keys/<uuid:unlocker>/remove/", keys.remove, name="keys-remove"),
    path("company/keys/kit/", kit.kit, name="kit"),
    path("company/keys/kit/try/", kit.try_kit, name="kit-try"),
    path("company/keys/kit/<int:number>/<int:share>/", kit.page, name="kit-page"),
    path("company/keys/kit/<int:number>/<int:share>/print/", kit.print_page, name="kit-print"),
]
