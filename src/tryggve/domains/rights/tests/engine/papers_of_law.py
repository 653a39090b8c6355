"""Companies, purposes and documents that the tests of notice and record share."""

from datetime import date

from hypothesis import strategies as st

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.notice import privacy_notice
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.domains.rights.engine.purposes import Controller, Facts, Language, Purpose, Receiver, Words
from tryggve.domains.rights.engine.record import record_of_processing
from tryggve.domains.rights.engine.starter import starter_set

DAY = date(2026, 11, 22)
COUNTRIES = ("SE", "DK", "NO", "FI")
ANNA = Controller(
    firm="Annas Coaching",
    country="SE",
    number="556000-0000",
    address="Storgatan 1, 903 26 Umeå",
    email="anna@coaching.example",
    phone="070-123 45 67",
)
MEASURES = labels.known("measures")
NEWSLETTER = Purpose(
    "newsletter",
    Facts(legal_basis="a", persons=("subscriber",), data=("name", "email"), retention="no-contact-2-years"),
    Words("Nyhetsbrev", "Vi skickar nyhetsbrev.", "Sedan slutar vi.", "Säger du nej får du inget."),
)

# Anything that can be typed into a field: letters of any script, marks, line breaks, control characters.
typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
written = typed.map(lambda text: f"x{text}")


def controller(country: str) -> Controller:
    return Controller(firm=ANNA.firm, country=country, email=ANNA.email)


def purposes_of(firm_kind: str, *, country: str = "SE", language: Language = "sv") -> list[Purpose]:
    return [starter.told_in(language) for starter in starter_set(firm_kind, country=country)]


def notice_of(firm_kind: str, *, country: str = "SE", language: Language = "sv") -> Paper:
    purposes = purposes_of(firm_kind, country=country, language=language)
    return privacy_notice(controller(country), purposes, language=language, made_on=DAY)


def record_of(firm_kind: str, *, country: str = "SE", language: Language = "sv") -> Paper:
    purposes = purposes_of(firm_kind, country=country, language=language)
    return record_of_processing(
        controller(country), purposes, measures=MEASURES, language=language, made_on=DAY
    )


_words_of_ones_own = st.tuples(written) | st.tuples(written, written)
_receivers = st.builds(
    Receiver,
    name=written,
    processor=st.booleans(),
    country=st.sampled_from(["", "US", "x"]),
    safeguard=written,
)
facts = st.builds(
    Facts,
    legal_basis=st.sampled_from("abcdef"),
    persons=_words_of_ones_own,
    data=_words_of_ones_own,
    retention=st.sampled_from(["no-contact-1-years", "after-assignment-7-years", "dk-bookkeeping"]),
    required=st.sampled_from(["contract", "law", "voluntary"]),
    law=written,
    special_basis=st.sampled_from(["", "a", "h"]),
    recipients=st.lists(_receivers, max_size=3).map(tuple),
    sources=st.lists(written, max_size=2).map(tuple),
)
words = st.builds(
    Words,
    name=written,
    description=written,
    keeping=written,
    consequence=written,
    interest=written,
    special=typed,
    automated=typed,
    ending=typed,
)
codes = st.text("abcdefghijklmnop-", min_size=1, max_size=8)
purposes = st.builds(Purpose, code=codes, facts=facts, words=words)
sets_of_purposes = st.lists(purposes, min_size=1, max_size=4, unique_by=lambda purpose: purpose.code)
controllers = st.builds(
    Controller,
    firm=written,
    country=st.sampled_from(COUNTRIES),
    number=typed,
    address=typed,
    email=written,
    phone=typed,
    page=typed,
    officer=typed,
    joint=typed,
    representative=typed,
)
languages = st.sampled_from(["sv", "da", "en"])
