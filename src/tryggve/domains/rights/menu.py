from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import api as customers
from tryggve.domains.rights.panels import (
    case_panels,
    consent_panels,
    erasure_panels,
    retention_panels,
    withdrawal_panels,
)
from tryggve.ui import menu, portal, reminders

menu.register(
    area=menu.CUSTOMERS,
    label=_("Purposes"),
    url_name="rights:purposes",
    permission="rights.view",
    order=60,
)
menu.register(
    area=menu.COMPANY,
    label=_("Privacy notice"),
    url_name="rights:notices",
    permission="rights.view",
    order=47,
)
menu.register(
    area=menu.COMPANY,
    label=_("Record of processing"),
    url_name="rights:record",
    permission="rights.view",
    order=48,
)
menu.register(
    area=menu.CUSTOMERS,
    label=_("Erasures"),
    url_name="rights:erasures",
    permission="rights.erasures",
    order=70,
)
menu.register(
    area=menu.CUSTOMERS,
    label=_("Requests"),
    url_name="rights:cases",
    permission="rights.requests",
    order=55,
)

customers.show_on_card(
    customers.Panel(
        "rights/_card_cases.html",
        "rights.requests",
        case_panels.of_customer,
        beside=case_panels.BESIDE,
    )
)
customers.show_on_card(
    customers.Panel(
        "rights/_card_consents.html",
        "rights.consents",
        consent_panels.of_customer,
        beside=consent_panels.BESIDE,
    )
)
customers.show_on_card(
    customers.Panel("rights/_card_keeping.html", "rights.retention", place=customers.Place.END)
)
customers.show_on_card(
    customers.Panel("rights/_card_lift.html", "rights.restrict", place=customers.Place.TOP)
)
customers.show_on_card(
    customers.Panel("rights/_card_restrict.html", "rights.restrict", place=customers.Place.END)
)
customers.show_on_card(customers.Panel("rights/_card_erase.html", "rights.erase", place=customers.Place.END))
reminders.register(case_panels.of_waiting)
reminders.register(erasure_panels.of_clock)
reminders.register(retention_panels.of_due)
reminders.register(withdrawal_panels.of_begun)
reminders.register(withdrawal_panels.of_put_back)
menu.register(
    area=menu.CUSTOMERS,
    label=_("Due to be erased"),
    url_name="rights:retention",
    permission="rights.retention",
    order=65,
)
menu.register(
    area=menu.COMPANY,
    label=_("Consents"),
    url_name="rights:consent-texts",
    permission="rights.view",
    order=46,
)

portal.register(label=_("What I agree to"), url_name="portal:consents", order=10)
portal.register(label=_("My data"), url_name="portal:data", order=20)
portal.register(label=_("My requests"), url_name="portal:requests", order=30)
portal.register(label=_("Who has looked"), url_name="portal:looks", order=40)
portal.register(label=_("How the company uses data"), url_name="portal:notice", order=90)
menu.register(
    area=menu.COMPANY,
    label=_("Customers' sign-in"),
    url_name="rights:customer-provider",
    permission="rights.customer-provider",
    order=49,
)
