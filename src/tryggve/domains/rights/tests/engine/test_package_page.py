from datetime import UTC, date, datetime
from typing import Any

import pytest

from tryggve.domains.rights.engine.package_data import as_csv, as_json_ld, as_text
from tryggve.domains.rights.engine.package_page import LookTold, page, role_word

HELD: dict[str, Any] = {
    "subject": {"kind": "customer", "id": "01a204bf-8e0a-7094-bf68-aa04d90ec2a8"},
    "made_at": "2026-03-02T08:00:00+00:00",
    "held": [
        {
            "code": "customers.notes",
            "title": "Notes <b>",
            "kept_until": "the company deletes the customer",
            "kept_for": "P0D",
            "legal_basis": "GDPR art. 6(1)(b)",
            "parts": [
                {
                    "code": "note",
                    "title": "Note",
                    "since": "2025-01-31T09:00:00+00:00",
                    "source": None,
                    "values": [{"code": "text", "title": "Note", "content": "=cmd|' /C calc'!A0"}],
                }
            ],
        },
        {
            "code": "privacy.audit-log",
            "title": "The log",
            "kept_until": "never",
            "kept_for": "P5Y",
            "legal_basis": "GDPR art. 6(1)(f)",
            "parts": [{"code": "log", "title": "Log", "since": None, "source": None, "values": []}],
        },
    ],
}


def _page(held: dict[str, Any] = HELD, *, language: str = "en", looks: list[LookTold] | None = None) -> str:
    return page(
        held, looks=looks, documents={"documents/001-a.txt": "a.txt"}, firm="Annas", authority="IMY",
        right="access", language=language, made_on=date(2026, 3, 2),
    ).decode()  # fmt: skip


def test_page_tells_what_is_held_since_when_why_and_for_how_long() -> None:
    told = _page()
    for words in (
        "31 January 2025",
        "agreement with you",
        "the company deletes the customer",
        "a.txt",
        "IMY",
    ):
        assert words in told
    assert "Notes &lt;b&gt;" in told


@pytest.mark.parametrize(
    ("period", "language", "words"),
    [
        ("P5Y", "sv", "Sparas i 5 år efter detta"),
        ("P1Y6M", "da", "Gemmes i et år 6 måneder efter dette"),
        ("P30D", "en", "Kept for 30 days after this"),
        ("P0D", "en", "Kept until: it ends"),
    ],
)
def test_page_tells_periods_in_words(period: str, language: str, words: str) -> None:
    one = {**HELD["held"][0], "kept_until": "it ends", "kept_for": period}
    assert words in _page({**HELD, "held": [one]}, language=language)


def test_page_tells_who_looked_in_place_of_the_codes_of_the_log() -> None:
    at = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    told = _page(looks=[LookTold(at, "owner", "Anna Ek", "Looked at the card", "she called")])
    assert "The log" not in told
    for words in ("1 March 2026, 09:05", "owner, Anna Ek", "Looked at the card", "she called"):
        assert words in told
    assert "Who has looked" not in _page()


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_every_role_has_a_word(language: str) -> None:
    for role in ("OWNER", "CAPTAIN", "EMPLOYEE", "AUDITOR", "SUPPLIER", "program", "machine", "system"):
        assert role_word(role, language=language) != role or language == "en"
    assert role_word("stranger", language=language) == "stranger"


def test_csv_keeps_a_spreadsheet_from_taking_text_for_a_formula() -> None:
    assert "\"'=cmd|' /C calc'!A0\"" in as_csv(HELD).decode()


def test_json_ld_of_an_organisation_is_one() -> None:
    card = {"code": "kind", "title": "Kind", "content": "organisation"}
    one = {**HELD["held"][0], "code": "customers.register"}
    one["parts"] = [{**one["parts"][0], "values": [card]}]
    assert b'"schema:Organization"' in as_json_ld({**HELD, "held": [one]}, firm="Annas", right="portability")


def test_nested_values_are_told_without_what_is_empty() -> None:
    assert as_text({"at": "now", "facts": {}, "more": ["a", {"b": "c", "d": None}]}) == "now, a; c"
