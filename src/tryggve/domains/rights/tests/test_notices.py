"""Publishing the privacy notice, knowing when it is out of date, and the record that never is."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.rights.engine import published
from tryggve.domains.rights.engine.gaps import Gap
from tryggve.domains.rights.engine.notice import ITEMS as NOTICE_ITEMS
from tryggve.domains.rights.engine.purposes import LANGUAGES, Language
from tryggve.domains.rights.engine.record import ITEMS as RECORD_ITEMS
from tryggve.domains.rights.models import NoticeVersion
from tryggve.domains.rights.selectors.purposes import notices as selectors
from tryggve.domains.rights.selectors.purposes import purposes as purpose_selectors
from tryggve.domains.rights.selectors.purposes import records
from tryggve.domains.rights.services.purposes import notices, purposes
from tryggve.domains.rights.tests.purposes import MACHINE, choose, id_of, publish, write_details

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
TODAY = NOW.date()


@pytest.fixture
def ready() -> None:
    """A craft firm that has said what it does and how it is reached."""
    choose()
    write_details()


def _standing(language: Language = "sv") -> selectors.Standing:
    return selectors.standing(language, today=TODAY, kept=purpose_selectors.purposes_in_use())


def _entries() -> list[dict[str, Any]]:
    return [row.facts for row in Entry.objects.filter(action="rights.notice-published").order_by("pk")]


def test_notice_is_published_under_the_next_number_of_its_language(ready: None) -> None:
    assert publish("sv", "da") == [1, 1]
    write_details(phone="090-1")
    assert publish("sv") == [2]
    assert [one.number for one in selectors.versions("sv")] == [2, 1]
    assert selectors.languages_published() == ["sv", "da"]


def test_publishing_is_an_entry_with_language_number_and_fingerprint(ready: None) -> None:
    publish()
    found = selectors.current_notice("sv")
    assert (found.number, found.published_at, found.published_by) == (1, NOW, MACHINE)
    assert _entries() == [{"language": "sv", "number": 1, "fingerprint": found.fingerprint}]


def test_same_content_again_makes_no_new_version_and_no_entry(ready: None) -> None:
    publish()
    assert publish(at=NOW + timedelta(days=30)) == [None]
    assert (NoticeVersion.objects.count(), len(_entries())) == (1, 1)


def test_content_that_comes_back_is_a_new_version(ready: None) -> None:
    publish()
    write_details(phone="090-1")
    publish()
    write_details()
    assert publish() == [3]


@pytest.mark.parametrize(
    ("begin", "gap"),
    [(choose, Gap("", "contact")), (write_details, Gap("", "purposes"))],
)
def test_notice_with_something_missing_is_not_published(begin: Any, gap: Gap) -> None:
    begin()
    with pytest.raises(notices.NotWhole) as refused:
        publish()
    assert (refused.value.gaps, NoticeVersion.objects.count()) == ((gap,), 0)
    standing = _standing()
    assert (standing.draft, standing.missing, standing.is_out_of_date) == (None, (gap,), False)


def test_published_notice_is_up_to_date_until_a_purpose_changes(ready: None) -> None:
    publish("sv", "da")
    assert (_standing().is_out_of_date, _standing().changes) == (False, ())
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    standing = _standing()
    assert standing.is_out_of_date
    assert standing.changes == (
        "Integritetspolicyn från den 2 mars 2026 nämner ”Koder och nycklar”, som inte används längre.",
    )
    assert standing.draft is not None
    assert "Koder och nycklar" not in str(standing.draft)
    publish()
    assert [_standing(language).is_out_of_date for language in ("sv", "da")] == [False, True]


def test_change_of_the_company_makes_the_notice_out_of_date(firm: Any, ready: None) -> None:
    publish()
    firm.name = "Annas Snickeri AB"
    firm.save()
    assert _standing().changes == (
        "Företagets namn har ändrats sedan den 2 mars 2026. Då stod: Annas Snickeri. Nu: Annas Snickeri AB.",
    )


def test_other_order_is_out_of_date_without_a_change_to_tell(ready: None) -> None:
    publish()
    purposes.move_purpose(purpose=id_of("jobs"), is_up=False, actor=MACHINE, at=NOW)
    assert (_standing().is_out_of_date, _standing().changes) == (True, ())


def test_notice_is_out_of_date_also_where_something_is_missing_now(ready: None) -> None:
    publish()
    write_details(email="", address="")
    assert (_standing().is_out_of_date, _standing().draft) == (True, None)


def test_published_notice_stays_as_it_was_when_purposes_change(ready: None) -> None:
    publish()
    before = selectors.current_notice("sv")
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    assert selectors.current_notice("sv") == before == selectors.one_version("sv", 1)
    assert "Koder och nycklar" in str(before.paper)


def test_standings_of_all_languages_are_those_of_each(ready: None) -> None:
    publish("sv")
    write_details(phone="090-1")
    publish("sv", "en")
    kept = purpose_selectors.purposes_in_use()
    assert selectors.all_standings(today=TODAY, kept=kept) == [_standing(one) for one in LANGUAGES]
    assert [one.published and one.published.number for one in map(_standing, LANGUAGES)] == [2, None, 1]


def test_what_was_not_published_is_not_there(ready: None) -> None:
    publish("sv")
    with pytest.raises(selectors.NoSuchNotice):
        selectors.current_notice("da")
    with pytest.raises(selectors.NoSuchNotice):
        selectors.one_version("sv", 2)


def test_content_of_another_shape_is_refused(ready: None) -> None:
    publish()
    document = NoticeVersion.objects.get().content
    content = published.from_document(document)
    assert published.from_document(published.to_document(content)) == content
    for broken in (
        {},
        {**document, "paper": {}},
        {**document, "purposes": [{}]},
        {**document, "controller": {"x": 1}},
    ):
        with pytest.raises(published.UnreadableNotice):
            published.from_document(broken)


def test_publisher_is_called_by_name_while_working_here(ready: None, anna: User) -> None:
    assert selectors.names_of({anna.actor, MACHINE, "system"}) == {anna.actor: "Anna Ek"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_record_of_the_company_holds_each_item_of_article_30(ready: None, language: Language) -> None:
    paper = records.the_record(language, today=TODAY).paper
    assert paper is not None
    said = paper.said()
    assert [item for item in RECORD_ITEMS if not all(said.get(item, ("",)))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_notice_of_the_company_holds_each_item_of_articles_13_and_14(ready: None, language: Language) -> None:
    publish(language)
    said = selectors.current_notice(language).paper.said()
    assert [item for item in NOTICE_ITEMS if not all(said.get(item, ("",)))] == []


def test_record_is_always_as_things_are(ready: None) -> None:
    assert "Koder och nycklar" in records.the_record_as_csv("sv").decode()
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    assert "Koder och nycklar" not in records.the_record_as_csv("sv").decode()


def test_record_without_an_address_says_what_is_missing() -> None:
    choose()
    found = records.the_record("sv", today=TODAY)
    assert (found.paper, found.missing) == (None, (Gap("", "contact"),))
