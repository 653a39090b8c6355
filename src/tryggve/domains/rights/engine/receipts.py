"""What a customer gets in hand about a consent: the record of it, as ISO/IEC TS 27560 shapes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.papers.phrases import Phrases
from tryggve.domains.rights.engine.purposes import Controller, Language, Purpose, Receiver

_SHAPE = "ISO-27560-DRAFT"
_SHAPE_IN_WORDS = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"
_STATES = {
    "ASKED": "dpv:ConsentRequested",
    "GIVEN": "dpv:ConsentGiven",
    "REFUSED": "dpv:ConsentRefused",
    "WITHDRAWN": "dpv:ConsentWithdrawn",
    "RENEWED": "dpv:RenewedConsentGiven",
    "EXPIRED": "dpv:ConsentExpired",
}
_CONTROLLER = "controller"
_CONSENT, _EXPLICIT = "eu-gdpr:A6-1-a", "eu-gdpr:A9-2-a"
# Of a purpose that the company has made itself.
_ANY_PURPOSE = ("dpv:Purpose",)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of the consent, as a receipt tells it."""

    id: UUID
    kind: str
    channel: str
    at: datetime
    by: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The words in which the customer was asked."""

    id: UUID
    language: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the customer reads the notice and withdraws."""

    notice: str
    withdrawal: str


def receipt(
    *,
    customer: UUID,
    purpose: Purpose,
    controller: Controller,
    asked: Asked | None,
    events: Sequence[Happened],
    addresses: Addresses,
    language: Language,
) -> dict[str, Any]:
    """The receipt as JSON has it: header, processing, parties and events (ISO/IEC TS 27560:2023 clause 6).

    ``events`` from the first to the one that the receipt is for. The customer stands in it by an id alone. What is kept
    as codes is told in the language, beside its identifiers in the W3C Data Privacy Vocabulary 2.3.
    """
    return {
        "schema_version": _SHAPE,
        "profile": _SHAPE_IN_WORDS,
        "record_id": str(events[-1].id),
        "pii_principal_id": str(customer),
        "pii_processing": {
            "privacy_notice": addresses.notice,
            "language": asked.language if asked else "",
            "consent_text": asked.text if asked else "",
            "consent_text_version": f"{asked.id}#{asked.number}" if asked else "",
            "purposes": [_purpose(purpose, controller, addresses, Phrases(language))],
        },
        "party_identification": [_party(controller)],
        "events": [_event(one, customer) for one in events],
    }


def _purpose(
    purpose: Purpose, controller: Controller, addresses: Addresses, phrases: Phrases
) -> dict[str, Any]:
    facts = purpose.facts
    return {
        "purpose": purpose.words.name,
        "purpose_description": purpose.words.description,
        "purpose_type": list(facts.dpv or _ANY_PURPOSE),
        "lawful_basis": _EXPLICIT if facts.special_basis == "a" else _CONSENT,
        "pii_information": [_kind_of_data(one, phrases) for one in facts.data],
        "pii_controllers": [_CONTROLLER],
        "retention_period": phrases.time_of(purpose),
        "recipient_third_parties": [_recipient(one, phrases) for one in facts.recipients],
        "withdrawal_method": addresses.withdrawal,
        "privacy_rights": [f"eu-gdpr:A{article}" for article in ("7-3", 15, 16, 17, 18, 20, 77)],
        "jurisdiction": controller.country,
    }


def _kind_of_data(code: str, phrases: Phrases) -> dict[str, Any]:
    return {
        "pii_type": phrases.word("data", code),
        "pii_type_identifiers": list(labels.identifiers("data", code)),
        "special_pii_category": labels.is_sensitive([code]),
    }


def _recipient(one: Receiver, phrases: Phrases) -> dict[str, str]:
    return {
        "name": phrases.word("recipients", one.name),
        "role": "dpv:DataProcessor" if one.processor else "dpv:ThirdParty",
        "country": one.country,
        "safeguard": phrases.word("safeguards", one.safeguard) if one.safeguard else "",
    }


def _party(controller: Controller) -> dict[str, str]:
    return {
        "party_id": _CONTROLLER,
        "party_role": "dpv:DataController",
        "party_name": controller.firm,
        "party_address": controller.address,
        "party_email": controller.email,
        "party_phone": controller.phone,
    }


def _event(one: Happened, customer: UUID) -> dict[str, Any]:
    return {
        "event_time": one.at.isoformat(),
        "event_type": "explicit" if one.kind in ("GIVEN", "RENEWED") else one.kind.lower(),
        "event_state": _STATES[one.kind],
        "event_channel": one.channel.lower(),
        "recorded_by": one.by,
        "entity_id": str(customer),
        "valid_until": one.until.isoformat() if one.until else None,
    }
