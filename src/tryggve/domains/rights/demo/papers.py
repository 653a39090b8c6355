from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.purposes import LANGUAGES
from tryggve.domains.rights.engine.starter import starter_set
from tryggve.domains.rights.services.purposes import firm_details, notices, purposes
from tryggve.lib.demonstration import Order

_DETAILS = {
    "SE": {
        "number": "559000-1234",
        "address": "Sågvägen 4, 903 26 Umeå",
        "email": "hej@bjorkbacka.example",
        "phone": "090-17 46 05",
    },
    "DK": {
        "number": "CVR 12 34 56 78",
        "address": "Savværksvej 4, 8600 Silkeborg",
        "email": "hej@bogelund.example",
        "phone": "20 12 34 56",
    },
}
# What a joiner does beside the usual.
_MORE = ("newsletter", "customer-news", "reference-pictures", "feedback")


def purposes_and_notice(order: Order) -> None:
    """What a craft firm uses data for, and its privacy notice in every language."""
    usual = [one.code for one in starter_set("craft", country=order.country)]
    purposes.choose_starters(firm_kind="craft", codes=[*usual, *_MORE], actor=order.actor, at=order.at)
    firm_details.change_firm_details(
        **_DETAILS[order.country],
        officer="",
        joint="",
        measures=labels.firms_own_measures() - {"restore-tests"},
        actor=order.actor,
        at=order.at,
    )
    for language in LANGUAGES:
        notices.publish(language=language, actor=order.actor, at=order.at)
