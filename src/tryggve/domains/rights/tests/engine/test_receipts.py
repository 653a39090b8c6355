"""The receipt for a consent: every field that ISO/IEC TS 27560 asks for, in words and in identifiers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tryggve.domains.rights.engine.purposes import Language, Purpose, Receiver
from tryggve.domains.rights.engine.receipts import Addresses, Asked, Happened, receipt
from tryggve.domains.rights.tests.engine.papers_of_law import ANNA, NEWSLETTER

CILLA, TEXT, FIRST, SECOND = (UUID(int=number) for number in range(1, 5))
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
GIVEN = Happened(FIRST, "GIVEN", "PAPER", MONDAY, "user", MONDAY.replace(year=2027))
ASKED = Asked(TEXT, "sv", 3, "Anna får skriva till mig.")
ADDRESSES = Addresses("https://annas.example/notice/", "https://annas.example/my/come-in/")
SENT_BY = Receiver("newsletter-service", processor=True, country="US", safeguard="A46-2-c")


def made(
    *events: Happened,
    purpose: Purpose = NEWSLETTER,
    asked: Asked | None = ASKED,
    language: Language = "sv",
) -> dict[str, Any]:
    return receipt(
        customer=CILLA,
        purpose=purpose,
        controller=ANNA,
        asked=asked,
        events=events or (GIVEN,),
        addresses=ADDRESSES,
        language=language,
    )


def _with(**changed: Any) -> Purpose:
    return replace(NEWSLETTER, facts=replace(NEWSLETTER.facts, **changed))


def _told_of(purpose: Purpose, language: Language = "sv") -> dict[str, Any]:
    [told] = made(purpose=purpose, language=language)["pii_processing"]["purposes"]
    return dict(told)


def test_header_names_the_shape_the_record_and_the_customer_by_an_id() -> None:
    header = {
        name: value
        for name, value in made().items()
        if name not in ("pii_processing", "party_identification")
    }
    assert header.pop("events")
    assert header == {
        "schema_version": "ISO-27560-DRAFT",
        "profile": "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr",
        "record_id": str(FIRST),
        "pii_principal_id": str(CILLA),
    }


def test_processing_tells_the_notice_and_the_exact_words_with_their_version() -> None:
    told = made()["pii_processing"]
    del told["purposes"]
    assert told == {
        "privacy_notice": "https://annas.example/notice/",
        "language": "sv",
        "consent_text": "Anna får skriva till mig.",
        "consent_text_version": f"{TEXT}#3",
    }


def test_purpose_is_told_whole_in_words_and_identifiers() -> None:
    assert _told_of(_with(dpv=("dpv:DirectMarketing",), recipients=(SENT_BY, Receiver("bank")))) == {
        "purpose": "Nyhetsbrev",
        "purpose_description": "Vi skickar nyhetsbrev.",
        "purpose_type": ["dpv:DirectMarketing"],
        "lawful_basis": "eu-gdpr:A6-1-a",
        "pii_information": [
            {"pii_type": "namn", "pii_type_identifiers": ["pd:Name"], "special_pii_category": False},
            {"pii_type": "e-postadress", "pii_type_identifiers": ["pd:EmailAddress"], "special_pii_category": False},
        ],
        "pii_controllers": ["controller"],
        "retention_period": "2 år efter vår senaste kontakt",
        "recipient_third_parties": [
            {
                "name": "tjänst för nyhetsbrev",
                "role": "dpv:DataProcessor",
                "country": "US",
                "safeguard": "EU-kommissionens standardavtalsklausuler är påskrivna av mottagaren"
                " (artikel\u00a046.2\u00a0c)",
            },
            {"name": "bank", "role": "dpv:ThirdParty", "country": "", "safeguard": ""},
        ],
        "withdrawal_method": "https://annas.example/my/come-in/",
        "privacy_rights": ["eu-gdpr:A7-3", *(f"eu-gdpr:A{one}" for one in (15, 16, 17, 18, 20, 77))],
        "jurisdiction": "SE",
    }  # fmt: skip


def test_party_is_the_company_with_how_to_reach_it() -> None:
    assert made()["party_identification"] == [
        {
            "party_id": "controller",
            "party_role": "dpv:DataController",
            "party_name": "Annas Coaching",
            "party_address": "Storgatan 1, 903 26 Umeå",
            "party_email": "anna@coaching.example",
            "party_phone": "070-123 45 67",
        }
    ]


def test_events_tell_what_when_by_which_way_who_wrote_it_down_and_until_when() -> None:
    withdrawn = Happened(SECOND, "WITHDRAWN", "LINK", MONDAY.replace(day=3), "customer")
    told = made(GIVEN, withdrawn)
    assert (told["record_id"], told["events"]) == (
        str(SECOND),
        [
            {
                "event_time": "2026-03-02T08:00:00+00:00",
                "event_type": "explicit",
                "event_state": "dpv:ConsentGiven",
                "event_channel": "paper",
                "recorded_by": "user",
                "entity_id": str(CILLA),
                "valid_until": "2027-03-02T08:00:00+00:00",
            },
            {
                "event_time": "2026-03-03T08:00:00+00:00",
                "event_type": "withdrawn",
                "event_state": "dpv:ConsentWithdrawn",
                "event_channel": "link",
                "recorded_by": "customer",
                "entity_id": str(CILLA),
                "valid_until": None,
            },
        ],
    )


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("ASKED", "dpv:ConsentRequested"),
        ("GIVEN", "dpv:ConsentGiven"),
        ("REFUSED", "dpv:ConsentRefused"),
        ("WITHDRAWN", "dpv:ConsentWithdrawn"),
        ("RENEWED", "dpv:RenewedConsentGiven"),
        ("EXPIRED", "dpv:ConsentExpired"),
    ],
)
def test_each_event_has_a_state_of_the_vocabulary(kind: str, state: str) -> None:
    [event] = made(replace(GIVEN, kind=kind))["events"]
    assert event["event_state"] == state


def test_consent_to_sensitive_data_rests_on_article_9_and_says_which_data_is() -> None:
    told = _told_of(_with(legal_basis="b", special_basis="a", data=("name", "health")))
    sensitive = [one["special_pii_category"] for one in told["pii_information"]]
    assert (told["lawful_basis"], sensitive) == ("eu-gdpr:A9-2-a", [False, True])


def test_purpose_of_the_companys_own_has_words_of_its_own_and_the_widest_identifier() -> None:
    told = _told_of(_with(data=("skostorlek",)), "da")
    assert told["purpose_type"] == ["dpv:Purpose"]
    assert told["pii_information"] == [
        {"pii_type": "skostorlek", "pii_type_identifiers": [], "special_pii_category": False}
    ]


def test_no_to_what_nobody_was_asked_about_has_no_words() -> None:
    told = made(replace(GIVEN, kind="REFUSED"), asked=None)["pii_processing"]
    assert (told["language"], told["consent_text"], told["consent_text_version"]) == ("", "", "")
