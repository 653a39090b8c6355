from django.utils.translation import gettext_lazy as _

from tryggve.ui import menu

menu.register(
    area=menu.COMPANY,
    label=_("Mail settings"),
    url_name="setup:mail",
    permission="setup.change-mail",
    order=60,
)
menu.register(
    area=menu.COMPANY,
    label=_("Outbox"),
    url_name="setup:outbox",
    permission="setup.view-outbox",
    order=70,
)
menu.register(
    area=menu.COMPANY,
    label=_("Keys"),
    url_name="setup:keys",
    permission="setup.keys",
    order=50,
)
