"""The files of the catalogue: complete, of one mind with each other, and told in three languages."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tryggve.controls import catalogue
from tryggve.controls.catalogue import Words
from tryggve.lib.language import LANGUAGES

FIRST_HOUR = (
    *("GOV-01", "INV-01", "AUT-01", "AUT-04", "AUT-05", "DAT-04"),
    *("BAK-01", "BAK-02", "BAK-03", "WEB-01", "MAI-01", "CRI-02"),
)
GUIDES = {"000", "001", "002", "003", "004"}
# How many safeguards each of the 18 CIS Controls v8 has, by their order.
CIS_SAFEGUARDS = (5, 7, 14, 12, 6, 8, 7, 12, 7, 7, 5, 8, 11, 9, 7, 14, 9, 5)
# How many controls each theme of ISO/IEC 27001:2022, Annex A, has.
ISO_CONTROLS = {"5": 37, "6": 8, "7": 14, "8": 34}
# Where nobody's word is asked: the measurement says it all.
NO_WORD_ASKED = {"GOV-04", "AUT-04", "ACC-03", "DAT-05", "MAI-01", "MON-02"}
MAY_BE_EMPTY = {"attest", "not_applicable_hint"}
# What an owner without IT words shouldn't meet in a heading; it stands in the title below.
TERMS = re.compile(
    r"\b(MFA|2FA|TLS|DMARC|DKIM|SPF|E2EE|VPN|RTO|SIEM|ML|zero trust|phishing|pen ?test|canary)\b",
    re.IGNORECASE,
)
OPENINGS = {
    "en": ("This shows ", "It doesn't show "),
    "sv": ("Det visar ", "Det visar inte "),
    "da": ("Det viser", "Det viser ikke"),
}
# How long a statement says that it looks back, and the frequency that goes with it.
LOOKS_BACK = {
    "en": {"last year": 365, "six months": 182, "quarter": 91, "month": 30},
    "sv": {"senaste året": 365, "halvåret": 182, "kvartalet": 91, "månaden": 30},
    "da": {"seneste år": 365, "halve år": 182, "kvartal": 91, "måned": 30},
}
# Letters and quotation marks of the others; each language has its own.
FOREIGN_MARKS = {"en": "åäöæø„“”", "sv": "æø„“«»", "da": "äö„“”"}


def _texts(told: Words) -> Iterator[tuple[str, str]]:
    for name in Words.__slots__:
        value = getattr(told, name)
        yield from ((name, text) for text in (value if isinstance(value, tuple) else (value,)))


def _said(language: str) -> Iterator[tuple[str, str]]:
    """Everything that a language says, with its place."""
    for one in catalogue.controls():
        yield from ((f"{one.id} {name}", text) for name, text in _texts(catalogue.words(one.id, language)))
        yield one.area, catalogue.area_name(one.area, language)
    for row in catalogue.advice():
        yield str(row.row), catalogue.advice_text(row.row, language)
        yield row.section, catalogue.section_name(row.section, language)


def test_sixty_controls_have_ids_of_their_own() -> None:
    ids = [one.id for one in catalogue.controls()]
    assert len(ids) == len(set(ids)) == 60
    assert [id for id in ids if not re.fullmatch(r"[A-Z]{3}-\d\d", id)] == []
    assert [one.id for one in catalogue.controls() if one.area != one.id[:3]] == []


def test_retired_id_is_not_given_again() -> None:
    retired = catalogue.retired()
    assert len(retired) == len(set(retired))
    assert set(retired) & {one.id for one in catalogue.controls()} == set()


def test_ids_in_an_area_follow_each_other_but_for_the_retired() -> None:
    used = sorted([one.id for one in catalogue.controls()] + list(catalogue.retired()))
    areas = Counter(id[:3] for id in used)
    assert used == [f"{area}-{n:02}" for area in sorted(areas) for n in range(1, areas[area] + 1)]


def test_levels_count_as_the_catalogue_promises() -> None:
    assert Counter(one.level for one in catalogue.controls()) == {"E3": 24, "E2": 29, "E1": 7}


def test_tier_holds_those_before_it() -> None:
    hour, month, larger = (catalogue.controls_of(tier) for tier in catalogue.TIERS)
    assert tuple(one.id for one in hour) == FIRST_HOUR
    assert (len(hour), len(month), len(larger)) == (12, 43, 60)
    assert set(hour) < set(month) < set(larger) == set(catalogue.controls())


def test_frequency_is_within_a_year() -> None:
    assert {one.frequency_days for one in catalogue.controls()} == {30, 91, 182, 365}


def test_weight_and_minutes_are_such_that_what_to_do_first_can_be_told() -> None:
    assert {one.weight for one in catalogue.controls()} <= set(range(1, 11))
    assert [one.id for one in catalogue.controls() if not 1 <= one.minutes <= 60] == []


def test_what_follows_events_says_so() -> None:
    assert {one.id for one in catalogue.controls() if one.on_event} == (
        {"GOV-01", "RSK-01", "RSK-02", "POL-01", "POL-03", "AUT-03", "NET-01", "MAI-02", "INC-02", "INC-04"}
    )


def test_rows_are_the_guides_184() -> None:
    rows = catalogue.advice()
    assert [one.row for one in rows] == list(range(1, 185))
    assert {one.guide for one in rows} == GUIDES
    assert sorted({one.section for one in rows}) == [chr(letter) for letter in range(ord("A"), ord("R") + 1)]


def test_parts_of_the_rows_count_as_the_guides_were_read() -> None:
    rows = catalogue.advice()
    assert Counter(part for one in rows for part in set(one.parts)) == {"D": 154, "M": 137, "G": 53}
    assert [one.row for one in rows if one.parts == ("G",)] == [15, 16, 18, 101, 117]
    assert [one.row for one in rows if len(one.parts) != len(set(one.parts))] == []


def test_controls_and_advice_meet() -> None:
    from_controls = [(one.id, row) for one in catalogue.controls() for row in one.rows]
    from_advice = [(id, one.row) for one in catalogue.advice() for id in one.controls]
    assert len(from_controls) == len(set(from_controls))
    assert sorted(from_controls) == sorted(from_advice)
    assert [one.row for one in catalogue.advice() if not one.controls] == []
    assert [one.id for one in catalogue.controls() if not one.rows] == []


def test_iso_ids_are_of_the_edition_of_2022() -> None:
    named = [id for one in catalogue.controls() for id in one.iso]
    annex = [re.fullmatch(r"A\.([5-8])\.([1-9]\d?)", id) for id in named]
    beyond = [found[0] for found in annex if found and int(found[2]) > ISO_CONTROLS[found[1]]]
    assert beyond == []
    assert [id for id, found in zip(named, annex, strict=True) if not found] == ["6.1.2", "8.2"]


def test_cis_ids_are_safeguards_of_version_8() -> None:
    known = {f"{n}.{m}" for n, count in enumerate(CIS_SAFEGUARDS, 1) for m in range(1, count + 1)}
    assert len(known) == 153
    assert {id for one in catalogue.controls() for id in one.cis} - known == set()


def test_gdpr_articles_are_named_as_lawyers_do() -> None:
    articles = {id for one in catalogue.controls() for id in one.gdpr}
    assert [id for id in articles if not re.fullmatch(r"[1-9]\d?(\(\d{1,2}\)(\([a-z]\))?)?", id)] == []
    assert [one.id for one in catalogue.controls() if not one.gdpr] == []


def test_nothing_is_named_twice_in_a_mapping() -> None:
    lists = [
        (one.id, names) for one in catalogue.controls() for names in (one.gdpr, one.iso, one.cis, one.rows)
    ]
    assert [id for id, names in lists if len(names) != len(set(names))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_is_told(language: str) -> None:
    for one in catalogue.controls():
        told = catalogue.words(one.id, language)
        empty = {name for name, text in _texts(told) if not text}
        assert (one.id, empty - MAY_BE_EMPTY) == (one.id, set())
        assert (one.id, 1 <= len(told.how) <= 4) == (one.id, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_tell_of_nothing_else(language: str) -> None:
    controls, advice = catalogue._read(language), catalogue._read(f"advice/{language}")
    assert list(controls["controls"]) == [one.id for one in catalogue.controls()]
    assert list(controls["areas"]) == list(dict.fromkeys(one.area for one in catalogue.controls()))
    assert list(advice["rows"]) == [str(one.row) for one in catalogue.advice()]
    assert list(advice["sections"]) == list(dict.fromkeys(one.section for one in catalogue.advice()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_of_a_person_is_asked_where_it_adds_something(language: str) -> None:
    ids = {one.id for one in catalogue.controls() if not catalogue.words(one.id, language).attest}
    assert ids == NO_WORD_ASKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_of_a_person_looks_back_as_far_as_it_stands(language: str) -> None:
    spans = LOOKS_BACK[language]
    found = [
        (one.id, spans[span.group()], one.frequency_days)
        for one in catalogue.controls()
        if (span := re.search("|".join(spans), catalogue.words(one.id, language).attest))
    ]
    assert [id for id, looks_back, stands in found if looks_back != stands] == []
    assert {days for _, days, _ in found} == {365, 182, 91, 30}


def test_languages_say_the_same() -> None:
    """As far as a machine can tell: as many steps, and the same left empty."""
    for one in catalogue.controls():
        shapes = {
            tuple((name, not text) for name, text in _texts(catalogue.words(one.id, language)))
            for language in LANGUAGES
        }
        assert (one.id, len(shapes)) == (one.id, 1)


def test_nothing_is_left_in_another_language() -> None:
    by_language = {language: [text for _, text in _said(language)] for language in LANGUAGES}
    places = [place for place, _ in _said("en")]
    same = [
        place
        for place, *texts in zip(places, *by_language.values(), strict=True)
        if any(texts) and len(set(texts)) < len(LANGUAGES) and " " in texts[0]
    ]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_and_quotation_marks_are_of_the_language(language: str) -> None:
    foreign = set(FOREIGN_MARKS[language])
    assert [place for place, text in _said(language) if foreign & set(text.casefold())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_whole_sentences(language: str) -> None:
    names = ("why", "shows", "does_not_show", "attest", "not_applicable_hint", "how")
    said = [(place, text) for place, text in _said(language) if text and place.endswith(names)]
    said += [(str(one.row), catalogue.advice_text(one.row, language)) for one in catalogue.advice()]
    assert [place for place, text in said if not (text[0].isupper() and text[-1] in ".?")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_spaces_are_single(language: str) -> None:
    assert [place for place, text in _said(language) if text != " ".join(text.split())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_heading_is_plain_and_no_title(language: str) -> None:
    told = [catalogue.words(one.id, language) for one in catalogue.controls()]
    assert [one.heading for one in told if TERMS.search(one.heading)] == []
    assert [one.heading for one in told if one.heading.endswith(".") or one.heading == one.title] == []
    assert max(len(one.heading) for one in told) <= 75
    assert len({one.heading for one in told}) == len({one.title for one in told}) == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_is_said_for_and_against(language: str) -> None:
    shows, does_not = OPENINGS[language]
    told = [(one.id, catalogue.words(one.id, language)) for one in catalogue.controls()]
    assert [id for id, words in told if not words.shows.startswith(shows)] == []
    assert [id for id, words in told if words.shows.startswith(does_not)] == []
    assert [id for id, words in told if not words.does_not_show.startswith(does_not)] == []


def test_words_come_in_the_language_asked_for() -> None:
    told = catalogue.words("MAI-01", "sv")
    assert told.heading == "Andra kan inte skicka mejl i ert namn"
    assert told.title == "SPF, DKIM, DMARC verkställda"
    assert catalogue.area_name("MAI", "da") == "Mail og betalinger"
    assert catalogue.advice_text(16, "en") == "Don't believe that you are too small to be attacked."
    assert catalogue.section_name("K", "sv") == "Nätverk"


def test_unknown_control_is_refused() -> None:
    with pytest.raises(catalogue.UnknownControl):
        catalogue.control("BAK-99")
    with pytest.raises(catalogue.UnknownControl):
        catalogue.words("BAK-99", "en")


def test_unknown_language_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        catalogue.words("BAK-01", "fi")
    with pytest.raises(FileNotFoundError):
        catalogue.advice_text(1, "fi")
