from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import api as customers
from tryggve.domains.outreach import reminding
from tryggve.ui import menu, portal, reminders

menu.register(
    area=menu.CUSTOMERS,
    label=_("Messages"),
    url_name="outreach:mailings",
    permission="outreach.view",
    order=52,
)
reminding.ask_with_the_company()
reminders.register(reminding.of_messages)
menu.register(
    area=menu.CUSTOMERS,
    label=_("Feedback"),
    url_name="outreach:feedback-list",
    permission="outreach.feedback",
    order=58,
)
portal.register(label=_("Tell us what you think"), url_name="feedback:mine", order=52)
customers.show_on_card(customers.Panel("outreach/_card_feedback.html", "outreach.feedback-change"))
