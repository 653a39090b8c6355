"""POL-03: the record holds all that is kept. Broken in the database and by a field of the company's own."""

from datetime import timedelta

import pytest

from tests.cast import CILLA, NOW
from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.controls.engine.standing import State
from tryggve.domains.customers.models import CustomField
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Purpose, RecordVersion
from tryggve.domains.rights.services.purposes import records
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db
_NIGHTLY = "rights.keep-record"


@pytest.fixture
def recorded(firm: Firm) -> None:
    """A whole record, which was kept last night."""
    purposes.choose()
    purposes.write_details()
    records.keep_version(at=NOW)
    measured.worked(_NIGHTLY, at=NOW)


def found() -> tuple[str, str]:
    return measured.found("POL-03", NOW)


def test_whole_record_is_observed(recorded: None) -> None:
    assert found() == ("OBSERVED", "")
    told = measured.facts("POL-03", NOW)
    assert told == {
        "purposes": len(purposes.codes()),
        "missing": 0,
        "orphans": 0,
        "kept_on": "2026-03-02",
    }


def test_purpose_without_a_time_fails_until_it_is_written(recorded: None, anna: User) -> None:
    row = Purpose.objects.order_by("position")[0]
    kept = row.words
    row.words = {language: {**words, "keeping": ""} for language, words in kept.items()}
    row.save()
    assert found() == ("FAILING", "missing")

    measured.attest("POL-03", anna, NOW)
    assert measured.state("POL-03", NOW) is State.FAILING
    assert found() == ("FAILING", "missing")

    row.words = kept
    row.save()
    assert found() == ("OBSERVED", "")


def test_company_without_a_way_to_reach_it_fails(recorded: None) -> None:
    measured.run("DELETE FROM rights_firmdetails")
    assert found() == ("FAILING", "missing")


def test_own_field_that_no_purpose_names_fails_until_one_does(recorded: None) -> None:
    field = CustomField.objects.create(name="Shoe  Size", kind="NUMBER", made_at=NOW)
    assert found() == ("FAILING", "orphans")

    row = Purpose.objects.order_by("position")[0]
    row.facts = {**row.facts, "data": [*row.facts["data"], "shoe size"]}
    row.save()
    assert found() == ("OBSERVED", "")

    CustomField.objects.create(name="Hat size", kind="NUMBER", made_at=NOW, is_archived=True)
    assert found() == ("OBSERVED", "")
    field.delete()


def test_own_field_may_be_called_as_a_kind_of_data_is_in_any_language(recorded: None) -> None:
    CustomField.objects.create(name="Namn", kind="TEXT", made_at=NOW)
    assert found() == ("OBSERVED", "")


def test_card_whose_telephone_nothing_asks_for_fails(recorded: None) -> None:
    for row in Purpose.objects.all():
        row.facts = {**row.facts, "data": [one for one in row.facts["data"] if one != "phone"]}
        row.save()
    assert found() == ("FAILING", "orphans")


def test_version_that_was_changed_afterwards_fails(recorded: None) -> None:
    row = RecordVersion.objects.get()
    kept = row.paper
    row.paper = {**kept, "title": "Nothing to see"}
    row.save()
    assert found() == ("FAILING", "changed")
    row.paper = kept
    row.save()
    assert found() == ("OBSERVED", "")


def test_nights_in_which_it_was_not_kept_fail(recorded: None) -> None:
    measured.worked(_NIGHTLY, at=NOW - timedelta(days=3))
    assert found() == ("FAILING", "not-kept")
    measured.worked(_NIGHTLY, at=NOW)
    assert found() == ("OBSERVED", "")


def test_bare_company_is_unknown_and_one_with_customers_and_no_record_fails(firm: Firm) -> None:
    assert found() == ("unknown", "nothing-yet")
    add(CILLA)
    assert found() == ("FAILING", "no-purpose")
