from django.utils.translation import gettext_lazy as _

from tryggve.ui import menu

menu.register(
    area=menu.COMPANY,
    label=_("Proof of the log"),
    url_name="access:proof",
    permission="access.change-checkpoint-places",
    order=50,
)
menu.register(
    area=menu.EVENTS,
    label=_("Log"),
    url_name="access:log",
    permission="access.log",
    order=10,
)
