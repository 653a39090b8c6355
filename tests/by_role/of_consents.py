"""A purpose that asks for consent, its words, what a customer said, and links that were mailed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.by_right import consenting
from tryggve.domains.rights import notices
from tryggve.domains.rights.selectors.purposes import purposes as selectors
from tryggve.domains.rights.services.consents import consent_texts, consents
from tryggve.domains.rights.services.consents.consents import Channel, Circumstances, Kind, Said
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.services.portal import sign_ups
from tryggve.domains.rights.services.purposes import purposes

_CODE = "newsletter"


def things(customer: UUID, at: datetime) -> dict[str, Any]:
    by: dict[str, Any] = {"actor": "system", "at": at}
    purposes.choose_starters(firm_kind="coach", codes=[_CODE], **by)
    purpose = next(one.id for one in selectors.purposes_in_use() if one.code == _CODE)
    for language in ("sv", "en"):
        consent_texts.write(purpose=purpose, language=language, text="Letters.", lasts_months=None, **by)
    how = Circumstances(Channel.PHONE, at, "system", "en")
    [event] = consents.record(customer=customer, said=[Said(purpose, Kind.GIVEN)], how=how, at=at)
    of_purpose = ("rights:consent-text", "rights:consent-website", "rights:consent-paper")
    return {
        **{f"{name} purpose": purpose for name in of_purpose},
        "consents purpose": purpose,
        "event": event,
        "portal:form purpose": _CODE,
        "portal:open token": links.make(customer=customer, use=Use.PORTAL, at=at),
        "portal:choose token": links.make(customer=customer, use=Use.CONSENT, at=at),
        "portal:sign-up-confirm token": _signed_up(purpose, at),
        "portal:withdraw token": links.make(customer=customer, use=Use.WITHDRAW, purpose=purpose, at=at),
    }


def _signed_up(purpose: UUID, at: datetime) -> str:
    """The token in the mail to a stranger who filled in the form on the website."""
    typed = sign_ups.Typed("Eva Ek", "eva@example.se")
    sign_ups.ask(typed=typed, purposes=[purpose], language="en", source="", at=at)
    [letter] = consenting.letters_sent(notices.SIGN_UP)
    return letter.text.partition("/consent/sign-up/")[2].partition("/")[0]


def bodies(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What makes forms do what they are for."""
    purpose = str(things["consents purpose"])
    return {
        "rights:consent-record": {
            "purpose": purpose, "kind": "WITHDRAWN", "channel": "PHONE", "day": "2026-03-02"
        },
        "rights:consent-ask": {"purpose": purpose},
        "rights:consent-text": {"text": "Other letters."},
        "rights:consent-names": {"names": "yes"},
        "portal:choose": {f"purpose-{purpose}": "no"},
        "portal:ask": {"email": "cilla@example.se"},
        "portal:sign-up": {
            "name": "Eva Ek", "email": "eva@example.se", "purpose": purpose, "language": "en"
        },
        "portal:form": {"email": "cilla@example.se"},
    }  # fmt: skip
