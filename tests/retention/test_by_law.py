"""What the law on bookkeeping demands outlives the customer, under a key of its own, and no day longer than it must."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from tests.cast import NOW
from tests.erasure.erasing import AFTER as ERASED
from tests.erasure.erasing import ANNA, erase
from tests.retention.keeping import FISCAL_YEAR, INVOICE, by, keep_by_law
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.accounts.policy import Refused as OutOfReach
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE
from tryggve.domains.rights import routines
from tryggve.domains.rights.engine.calendars import UnknownRule
from tryggve.domains.rights.models import KeptByLaw
from tryggve.domains.rights.papers.receipt import receipt
from tryggve.domains.rights.selectors.erasure import erasures
from tryggve.domains.rights.selectors.requests.case_rows import CustomerGone
from tryggve.domains.rights.selectors.retention import by_law, due
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.retention import keeping_by_law
from tryggve.domains.setup.models import Firm
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2032, 12, 31, 12, tzinfo=NOW.tzinfo)


def _words_left(reach: Reach = EVERYBODY) -> list[str | None]:
    return [one.words for one in due.left_by_law(number=1, actor=MACHINE, at=NOW, reach=reach)]


def test_it_is_sealed_under_a_key_of_its_own_in_the_compartment_of_what_is_retained(cilla: UUID) -> None:
    keep_by_law(cilla)
    row = KeptByLaw.objects.get()
    general = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    assert (row.until, vault.key_id_of(bytes(row.words_sealed))) == (LAST_DAY.date(), row.key_ref)
    assert general != row.key_ref
    binding = vault.Binding(
        type_name="rights.kept-by-law", record=row.pk, subject=cilla, part="details", revision=1,
        compartment="retained",
    )  # fmt: skip
    assert vault.keyring().open(bytes(row.words_sealed), bound_to=binding) == INVOICE.encode()


def test_erasure_leaves_it_readable_and_nothing_else(cilla: UUID) -> None:
    keep_by_law(cilla)
    [key] = KeptByLaw.objects.values_list("key_ref", flat=True)
    assert _words_left() == []
    erase(cilla)
    assert (_words_left(), Customer.objects.filter(pk=cilla).exists()) == ([INVOICE], False)
    assert key in power.keys_kept()


def test_receipt_says_what_is_kept_by_which_law_and_until_when(cilla: UUID) -> None:
    keep_by_law(cilla)
    keep_by_law(cilla)
    keep_by_law(cilla, counted_from=date(2024, 12, 31))
    erasure = erase(cilla)
    with translation.override("en"):
        told = erasures.erasure(erasure=erasure, actor=ANNA, at=ERASED, reach=EVERYBODY)
        lines = [line.text for part in receipt(told, at=ERASED).sections for line in part.all_lines()]
    assert [(one.rule, one.until.year, one.count) for one in told.by_law] == [
        ("se-bookkeeping", 2031, 1),
        ("se-bookkeeping", 2032, 2),
    ]
    [two] = [line for line in lines if line.startswith("2 notes about bookkeeping")]
    assert ("until Dec. 31, 2032" in two, "Bokföringslag (1999:1078)" in two) == (True, True)


def test_receipt_of_who_left_nothing_behind_says_nothing_of_it(cilla: UUID) -> None:
    told = erasures.erasure(erasure=erase(cilla), actor=ANNA, at=ERASED, reach=EVERYBODY)
    assert told.by_law == ()


def test_it_is_destroyed_with_its_key_the_day_after_the_last_and_no_sooner(cilla: UUID) -> None:
    keep_by_law(cilla)
    erase(cilla)
    [key] = KeptByLaw.objects.values_list("key_ref", flat=True)
    routines.let_go_of_kept_by_law(LAST_DAY)
    assert KeptByLaw.objects.count() == 1
    assert keeping_by_law.let_go(at=LAST_DAY + timedelta(days=1)) == 1
    assert (KeptByLaw.objects.count(), key in power.keys_kept()) == (0, False)
    assert keeping_by_law.let_go(at=LAST_DAY + timedelta(days=1)) == 0


def test_of_a_customer_who_is_there_nothing_goes_by_itself(cilla: UUID) -> None:
    keep_by_law(cilla)
    assert keeping_by_law.let_go(at=LAST_DAY.replace(year=2060)) == 0
    assert KeptByLaw.objects.count() == 1


def test_its_key_is_never_collected_as_left_over(cilla: UUID) -> None:
    keep_by_law(cilla)
    [key] = KeptByLaw.objects.values_list("key_ref", flat=True)
    erase(cilla)
    later = NOW + timedelta(days=3650)
    vault.collect_keys(now=later, last_deed_at=later)
    assert (key in power.keys_kept(), _words_left()) == (True, [INVOICE])


def test_older_copy_that_is_put_back_loses_the_customer_again_and_keeps_it(cilla: UUID) -> None:
    row = Customer.objects.get(pk=cilla)
    keep_by_law(cilla)
    erase(cilla)
    KeptByLaw.objects.update(is_alone=False)
    row.save(force_insert=True)
    assert destroying.replay_ledger(at=ERASED) == 1
    assert _words_left() == [INVOICE]


def test_it_is_removed_by_a_person_with_its_key(cilla: UUID) -> None:
    kept = keep_by_law(cilla)
    [key] = KeptByLaw.objects.values_list("key_ref", flat=True)
    assert keeping_by_law.remove(kept=kept, **by(NOW)) == cilla
    assert (KeptByLaw.objects.count(), key in power.keys_kept()) == (0, False)
    with pytest.raises(keeping_by_law.NotKept):
        keeping_by_law.remove(kept=kept, **by(NOW))


def test_of_an_erased_customer_only_who_sees_everybody_reads_and_removes_it(cilla: UUID) -> None:
    kept = keep_by_law(cilla)
    erase(cilla)
    own = Reach(frozenset({uuid4()}))
    assert _words_left(own) == []
    with pytest.raises(OutOfReach):
        keeping_by_law.remove(kept=kept, actor=MACHINE, at=NOW, reach=own)
    assert keeping_by_law.remove(kept=kept, **by(NOW)) is None


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(1000, 1, 1), date(2029, 1, 1), date(9999, 12, 31)])
def test_what_the_law_demands_no_more_is_refused(cilla: UUID, day: date) -> None:
    with pytest.raises(keeping_by_law.OverAlready):
        keep_by_law(cilla, counted_from=day)
    assert KeptByLaw.objects.count() == 0


def test_rule_of_another_country_or_of_cards_is_refused(cilla: UUID) -> None:
    assert [one.code for one in keeping_by_law.laws()] == ["se-bookkeeping"]
    for rule in ("dk-bookkeeping", "no-contact-2-years", "nonsense"):
        with pytest.raises(UnknownRule):
            keeping_by_law.write_down(
                customer=cilla, rule=rule, counted_from=FISCAL_YEAR, words=INVOICE, **by(NOW)
            )
    Firm.objects.update(country="DK")
    assert [one.code for one in keeping_by_law.laws()] == ["dk-bookkeeping"]


def test_nothing_is_kept_of_who_isnt_there(cilla: UUID) -> None:
    with pytest.raises(CustomerGone):
        keep_by_law(uuid4())


def test_customer_who_asks_what_is_held_is_told_of_it(cilla: UUID) -> None:
    keep_by_law(cilla)
    held = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=MACHINE, at=NOW)
    [part] = [part for one in held.held if one.code == "rights.kept-by-law" for part in one.parts]
    assert INVOICE in [value.content for value in part.values]


def test_log_tells_ids_and_rules_and_no_words(cilla: UUID) -> None:
    kept = keep_by_law(cilla)
    told = [one for one in audit.entries_about(cilla) if one.action == "rights.kept-by-law"]
    assert [one.facts for one in told] == [{"kept": str(kept), "rule": "se-bookkeeping"}]


def test_what_cant_be_opened_is_told_as_such(cilla: UUID) -> None:
    keep_by_law(cilla)
    KeptByLaw.objects.update(words_sealed=b"damaged")
    assert [one.words for one in by_law.facts_of(cilla)] == [None]
