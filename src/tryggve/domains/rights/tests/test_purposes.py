"""Purposes: taken over from a set, added, changed, ended, ordered; each with its entry in the log."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.rights.engine.calendars import UnknownRule
from tryggve.domains.rights.engine.gaps import Gap, gaps
from tryggve.domains.rights.engine.starter import UnknownFirmKind, further, starter_set
from tryggve.domains.rights.models import Purpose
from tryggve.domains.rights.selectors.purposes import purposes as selectors
from tryggve.domains.rights.services.purposes import purposes
from tryggve.domains.rights.tests.engine.papers_of_law import NEWSLETTER
from tryggve.domains.rights.tests.purposes import MACHINE, called, choose, codes, id_of, write_details
from tryggve.lib.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
BY: dict[str, Any] = {"actor": MACHINE, "at": NOW}


def _entries() -> Iterator[tuple[str, dict[str, Any]]]:
    return (
        (row.action, row.facts) for row in Entry.objects.filter(action__startswith="rights.").order_by("pk")
    )


def _add(name: str = "Nyhetsbrev") -> UUID:
    words = replace(NEWSLETTER.words, name=name)
    return purposes.add_purpose(facts=NEWSLETTER.facts, words=words, language="sv", **BY)


def _change(code: str, *, revision: int = 1, language: Any = "sv", **new: Any) -> bool:
    told = called(code).told_in(language)
    words = replace(told.words, **{name: new.pop(name) for name in ("name", "keeping") if name in new})
    facts = replace(told.facts, **new)
    return purposes.change_purpose(
        purpose=id_of(code), revision=revision, facts=facts, words=words, language=language, **BY
    )


@pytest.mark.parametrize("kind", ["coach", "consultant", "craft", "shop", "clinic", "association"])
def test_set_of_a_kind_is_taken_over_whole_and_leaves_only_the_address_to_write(kind: str) -> None:
    added = choose(kind=kind)
    assert (codes(), added) == ([one.code for one in starter_set(kind, country="SE")], added)
    kept = selectors.purposes_in_use()
    missing = list(gaps(selectors.the_controller(), selectors.told_in("sv", kept)))
    assert missing == [Gap("", "contact")]
    assert list(_entries()) == [("rights.purposes-chosen", {"kind": kind, "purposes": added})]


def test_what_is_not_ticked_is_not_taken_over_and_other_codes_are_passed_over() -> None:
    optional = further("craft", country="SE")[0].code
    assert choose("bookkeeping", optional, "coaching", "nothing") == ["bookkeeping", optional]


def test_set_taken_over_again_changes_nothing() -> None:
    choose()
    before = list(Purpose.objects.values())
    assert choose() == []
    assert (list(Purpose.objects.values()), len(list(_entries()))) == (before, 1)


def test_purpose_that_ended_comes_back_with_the_companys_own_words() -> None:
    choose("jobs", "bookkeeping")
    _change("jobs", name="Snickerier")
    purposes.end_purpose(purpose=id_of("jobs"), **BY)
    assert choose("jobs") == ["jobs"]
    assert (codes(), called("jobs").told_in("sv").words.name) == (["bookkeeping", "jobs"], "Snickerier")


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownFirmKind):
        choose("jobs", kind="bank")


def test_own_purpose_is_added_last_with_a_code_of_its_own() -> None:
    choose("jobs")
    _add()
    _add("Öppet hus")
    assert codes() == ["jobs", "own-1", "own-2"]
    assert list(_entries())[1:] == [
        ("rights.purpose-added", {"purpose": "own-1"}),
        ("rights.purpose-added", {"purpose": "own-2"}),
    ]


def test_change_is_kept_and_told_by_the_names_of_the_fields() -> None:
    choose("jobs")
    assert _change("jobs", name="Snickerier", retention="no-contact-3-years")
    kept = called("jobs")
    told = (kept.told_in("sv").words.name, kept.facts.retention, kept.revision)
    assert told == ("Snickerier", "no-contact-3-years", 2)
    facts = {"purpose": "jobs", "language": "sv", "fields": ["retention", "name"]}
    assert list(_entries())[-1] == ("rights.purpose-changed", facts)


def test_words_of_another_language_stay_as_they_were() -> None:
    choose("jobs")
    danish = called("jobs").told_in("da").words
    _change("jobs", name="Snickerier")
    assert called("jobs").told_in("da").words == danish


def test_same_again_is_no_change_and_no_entry() -> None:
    choose("jobs")
    assert not _change("jobs")
    assert (called("jobs").revision, len(list(_entries()))) == (1, 1)


def test_change_of_what_somebody_else_changed_is_refused() -> None:
    choose("jobs")
    _change("jobs", name="Snickerier")
    with pytest.raises(purposes.ChangedMeanwhile):
        _change("jobs", revision=1, name="Målning")
    assert called("jobs").told_in("sv").words.name == "Snickerier"


def test_unknown_time_of_keeping_is_refused() -> None:
    choose("jobs")
    with pytest.raises(UnknownRule):
        _change("jobs", retention="for-ever")
    assert called("jobs").facts.retention != "for-ever"


def test_purpose_in_one_language_is_told_in_it_and_named_where_another_is_wanted() -> None:
    choose("jobs")
    _add()
    kept = selectors.purposes_in_use()
    assert called("own-1").told_in("da").words.name == "Nyhetsbrev"
    assert [one.code for one in selectors.in_other_words("da", kept)] == ["own-1"]
    assert selectors.in_other_words("sv", kept) == []


def test_ended_purpose_stays_and_can_be_taken_up_again() -> None:
    choose("jobs", "bookkeeping")
    jobs = id_of("jobs")
    purposes.end_purpose(purpose=jobs, **BY)
    purposes.end_purpose(purpose=jobs, **BY)
    assert (codes(), [one.code for one in selectors.ended_purposes()]) == (["bookkeeping"], ["jobs"])
    purposes.take_up_again(purpose=jobs, **BY)
    purposes.take_up_again(purpose=jobs, **BY)
    assert (codes(), selectors.ended_purposes()) == (["bookkeeping", "jobs"], [])
    told = [
        ("rights.purpose-ended", {"purpose": "jobs"}),
        ("rights.purpose-begun-again", {"purpose": "jobs"}),
    ]
    assert list(_entries())[1:] == told


def test_purposes_change_places_and_stay_at_the_ends() -> None:
    choose("jobs", "entry", "bookkeeping")
    purposes.move_purpose(purpose=id_of("bookkeeping"), is_up=True, **BY)
    purposes.move_purpose(purpose=id_of("jobs"), is_up=True, **BY)
    purposes.move_purpose(purpose=id_of("entry"), is_up=False, **BY)
    assert codes() == ["jobs", "bookkeeping", "entry"]
    assert list(_entries())[1:] == [("rights.purposes-ordered", {"purpose": "bookkeeping"})]


def test_no_more_purposes_than_somebody_would_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purposes, "MOST_PURPOSES", 2)
    choose("jobs", "entry")
    with pytest.raises(purposes.TooManyPurposes):
        _add()
    assert codes() == ["jobs", "entry"]


@pytest.mark.parametrize(
    "deed",
    [
        lambda nobody: purposes.end_purpose(purpose=nobody, **BY),
        lambda nobody: purposes.take_up_again(purpose=nobody, **BY),
        lambda nobody: purposes.move_purpose(purpose=nobody, is_up=True, **BY),
        lambda nobody: selectors.one_purpose(nobody),
    ],
)
def test_purpose_that_is_not_there_is_told(deed: Any) -> None:
    with pytest.raises(selectors.NoSuchPurpose):
        deed(new_id())


def test_controller_is_the_company_of_the_settings_with_what_it_tells_of_itself() -> None:
    write_details(officer="Karin Lund, karin@annas.example")
    told = selectors.the_controller()
    assert (told.firm, told.country, told.contact) == ("Annas Snickeri", "SE", "hej@annas.example")
    assert told.officer == "Karin Lund, karin@annas.example"


@pytest.mark.parametrize(
    ("origin", "page"),
    [
        ("https://annas.example", "https://annas.example/my/come-in/"),
        ("http://192.168.1.7:8000", "http://192.168.1.7:8000/my/come-in/"),
        ("http://localhost:8000", ""),
        ("http://127.0.0.1:8000", ""),
    ],
)
def test_controller_tells_of_the_customers_page_where_others_can_open_it(
    settings: Any, origin: str, page: str
) -> None:
    settings.ORIGIN = origin
    assert selectors.the_controller().page == page


def test_details_are_told_in_the_log_by_the_names_of_the_fields_alone(anna: User) -> None:
    write_details()
    write_details()
    write_details(phone="090-1")
    assert list(_entries()) == [
        ("rights.firm-details-changed", {"fields": ["address", "email", "measures"]}),
        ("rights.firm-details-changed", {"fields": ["phone"]}),
    ]


def test_measures_are_the_products_and_those_that_the_company_says_it_takes() -> None:
    without = selectors.measures()
    write_details(measures=["updates", "encryption", "prayer"])
    assert set(selectors.measures()) - set(without) == {"updates"}
    assert "encryption" in without
    assert selectors.firm_details().measures == ["updates"]
