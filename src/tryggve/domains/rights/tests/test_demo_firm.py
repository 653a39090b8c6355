"""The made-up company tells everything that the law asks for, in every language."""

from typing import Any

import pytest
from django.utils import timezone

from tests.cast import NOW
from tryggve.domains.rights import demo
from tryggve.domains.rights.engine.notice import ITEMS as NOTICE_ITEMS
from tryggve.domains.rights.engine.purposes import LANGUAGES, Language
from tryggve.domains.rights.engine.record import ITEMS as RECORD_ITEMS
from tryggve.domains.rights.selectors.purposes import notices, purposes, records
from tryggve.lib.demonstration import Country, Order

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


@pytest.fixture(params=["SE", "DK"])
def country(firm: Any, request: pytest.FixtureRequest) -> Country:
    chosen: Country = request.param
    firm.country = chosen
    firm.save()
    demo.purposes_and_notice(Order(chosen, 12, [], actor="machine:test", at=NOW))
    return chosen


@pytest.mark.parametrize("language", LANGUAGES)
def test_record_of_the_demo_firm_holds_each_item_of_article_30(country: Country, language: Language) -> None:
    paper = records.the_record(language, today=TODAY).paper
    assert paper is not None
    said = paper.said()
    assert set(RECORD_ITEMS) <= set(said)
    assert [item for item in RECORD_ITEMS if not all(text.strip() for text in said[item])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_of_the_demo_firm_holds_each_item_of_articles_13_and_14(
    country: Country, language: Language
) -> None:
    said = notices.current_notice(language).paper.said()
    assert {*NOTICE_ITEMS, "13(1)(d)", "14(2)(b)"} <= set(said)
    assert [item for item in said if not all(text.strip() for text in said[item])] == []


def test_notices_of_the_demo_firm_are_up_to_date_and_written_in_every_language(country: Country) -> None:
    standings = notices.all_standings(today=TODAY, kept=purposes.purposes_in_use())
    assert [(one.language, one.is_out_of_date, one.missing) for one in standings] == [
        (language, False, ()) for language in LANGUAGES
    ]
