from django.utils.translation import gettext_lazy as _

from tryggve.ui import menu

menu.register(
    area=menu.COMPANY,
    label=_("People"),
    url_name="access:people",
    permission="access.see-people",
    order=10,
)
menu.register(
    area=menu.COMPANY,
    label=_("Proof of the log"),
    url_name="access:proof",
    permission="access.change-checkpoint-places",
    order=50,
)
menu.register(
    area=menu.COMPANY,
    label=_("Sign in with Microsoft or Google"),
    url_name="access:provider",
    permission="access.change-provider",
    order=65,
)
menu.register(
    area=menu.EVENTS,
    label=_("Log"),
    url_name="access:log",
    permission="access.log",
    order=10,
)
menu.register(
    area=menu.COMPANY,
    label=_("My sign-in"),
    url_name="access:sign-in-mine",
    permission="access.own-sign-in",
    order=90,
)
menu.register(
    area=menu.COMPANY,
    label=_("Tokens for programs"),
    url_name="access:tokens",
    permission="access.change-tokens",
    order=95,
)
