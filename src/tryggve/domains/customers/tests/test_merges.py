"""Two cards made one and parted again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY, Reach, Refused
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, Merge, Note
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.selectors import merges as selectors
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.services import (
    custom_fields,
    import_turn,
    merge_undo,
    merges,
    notes,
    records,
    relations,
    responsible,
)
from tryggve.domains.customers.services.records import AlreadyGone, ChangedMeanwhile
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force
from tryggve.domains.customers.tests.merging import (
    FIRST,
    NUMBER,
    SECOND,
    keep_number,
    merge,
    relate,
    told,
    two_cards,
    undo,
)
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(days=31)


def _change(customer: UUID, **parts: object) -> None:
    row = Customer.objects.get(pk=customer)
    details = replace(told(customer)["details"], **parts)
    records.change_customer(
        customer=customer, seen_revision=row.revision, details=details, actor=MACHINE, at=NOW, reach=EVERYBODY
    )


def test_kept_card_has_everything_of_both_and_the_other_is_not_found() -> None:
    two = two_cards()
    merge(two.kept, two.gone)
    card = told(two.kept)
    assert card["details"].emails == FIRST.emails + SECOND.emails
    assert (card["details"].name, card["details"].source) == (FIRST.name, "fair")
    assert card["sensitive"] == Sensitive((NUMBER,))
    assert [text for _id, text, *_rest in card["notes"]] == ["Called in May.", "Wrote in quistberg June."]
    assert sorted(kind for _id, _one, _other, kind, _at in card["relations"]) == ["CONTACT", "FAMILY"]
    assert sorted(in_force()) == [FIRST.name, "Dan Lind"]
    with register_index.fresh() as index:
        assert index.find("quistberg", limit=5) == [two.kept]
    with pytest.raises(register.NoSuchCustomer):
        register.customer_card(customer=two.gone, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert selectors.kept_instead_of(two.gone) == two.kept


def test_undo_gives_back_both_cards_exactly() -> None:
    two = two_cards()
    before = told(two.kept), told(two.gone)
    assert undo(merge(two.kept, two.gone), at=LATER) == (two.kept, two.gone)
    assert (told(two.kept), told(two.gone)) == before
    assert (selectors.kept_instead_of(two.gone), len(in_force())) == (None, 3)
    with register_index.fresh() as index:
        assert index.find("quistberg", limit=5) == [two.gone]


def test_what_is_chosen_of_the_other_card_stands_on_the_kept_one() -> None:
    kept, gone = add(FIRST, SECOND)
    undone = merge(kept, gone, from_gone={"name"})
    assert told(kept)["details"].name == SECOND.name
    undo(undone)
    assert (told(kept)["details"], told(gone)["details"]) == (FIRST, SECOND)


def test_what_was_changed_since_stays_on_the_kept_card() -> None:
    two = two_cards()
    merged = merge(two.kept, two.gone)
    assert merge_undo.changed_since(merged) is False
    _change(two.kept, name="Cilla Berg", phones=("070-174 06 05", "08-465 004 00"))
    keep_number(two.kept, Sensitive())
    notes.add_note(customer=two.kept, text="New.", actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert merge_undo.changed_since(merged) is True
    undo(merged)
    kept, gone = told(two.kept), told(two.gone)
    assert (kept["details"].name, kept["details"].phones) == ("Cilla Berg", ("08-465 004 00",))
    assert (kept["details"].emails, kept["sensitive"]) == (FIRST.emails, Sensitive())
    assert [text for _id, text, *_rest in kept["notes"]] == ["Called in May.", "New."]
    assert (gone["details"].phones, gone["sensitive"]) == (SECOND.phones, Sensitive((NUMBER,)))


def test_note_changed_since_goes_back_as_it_is_now_and_a_deleted_one_stays_deleted() -> None:
    two = two_cards()
    merged = merge(two.kept, two.gone)
    moved = Note.objects.get(pk=told(two.kept)["notes"][1][0])
    where: dict[str, Any] = {
        "customer": two.kept,
        "note": moved.pk,
        "actor": MACHINE,
        "at": NOW,
        "reach": EVERYBODY,
    }
    notes.change_note(seen_revision=1, text="Mended.", **where)
    undo(merged)
    assert [text for _id, text, *_rest in told(two.gone)["notes"]] == ["Mended."]


def test_a_card_is_not_merged_with_itself() -> None:
    [cilla] = add(FIRST)
    with pytest.raises(merges.SameCard):
        merge(cilla, cilla)


def test_who_was_overtaken_is_told_and_nothing_is_changed() -> None:
    two = two_cards()
    _change(two.gone, name="Cecilia Berg")
    known = told(two.kept), told(two.gone)
    with pytest.raises(ChangedMeanwhile):
        merge(two.kept, two.gone, seen=(1, 1))
    assert (told(two.kept), told(two.gone), Merge.objects.count()) == (*known, 0)


def test_two_merges_that_cross_make_one() -> None:
    kept, gone = add(FIRST, SECOND)
    merge(kept, gone)
    with pytest.raises(AlreadyGone):
        merge(gone, kept)
    assert Customer.objects.filter(state=Customer.State.ACTIVE).count() == 1


def test_merge_waits_for_an_import_and_says_so() -> None:
    kept, gone = add(FIRST, SECOND)
    with import_turn.turn(), pytest.raises(merges.RegisterBusy):
        merge(kept, gone)
    merged = merge(kept, gone)
    with import_turn.turn(), pytest.raises(merges.RegisterBusy):
        undo(merged)


def test_both_cards_must_be_within_reach() -> None:
    kept, gone = add(FIRST, SECOND)
    bo = new_id()
    responsible.assign(customer=kept, responsible=bo, actor=MACHINE, at=NOW, reach=EVERYBODY)
    for pair in ((kept, gone), (gone, kept)):
        with pytest.raises(Refused):
            merge(*pair, reach=Reach(frozenset({bo})))
    merged = merge(kept, gone)
    with pytest.raises(Refused):
        undo(merged, reach=Reach(frozenset({bo})))


def test_kept_card_without_anybody_is_looked_after_by_whom_the_other_had() -> None:
    kept, gone = add(FIRST, SECOND)
    bo = new_id()
    responsible.assign(customer=gone, responsible=bo, actor=MACHINE, at=NOW, reach=EVERYBODY)
    merged = merge(kept, gone)
    assert told(kept)["row"][1] == bo
    undo(merged)
    assert told(kept)["row"][1] is None


def test_more_than_one_card_holds_is_refused_in_words() -> None:
    kept, gone = add(*(Details(emails=tuple(f"{who}{n}@x.se" for n in range(60))) for who in "ab"))
    with pytest.raises(merges.TooMuch, match="Nothing was changed"):
        merge(kept, gone)


def test_the_later_of_two_merges_is_undone_first() -> None:
    kept, gone, third = add(FIRST, SECOND, Details(name="Cissi", emails=("cissi@example.se",)))
    before = told(kept)
    first = merge(kept, gone)
    second = merge(kept, third)
    with pytest.raises(merge_undo.LaterFirst):
        undo(first)
    undo(second)
    undo(first)
    assert told(kept) == before


def test_a_chain_of_merges_leads_to_the_last_card_and_is_undone_from_its_end() -> None:
    one, two, three = add(FIRST, SECOND, Details(name="Cissi"))
    first = merge(two, one)
    second = merge(three, two)
    assert selectors.kept_instead_of(one) == three
    with pytest.raises(AlreadyGone):
        undo(first)
    undo(second)
    undo(first)
    assert len(in_force()) == 3


def test_an_import_knows_the_kept_card_by_what_the_other_said() -> None:
    kept, gone = add(FIRST, SECOND)
    merge(kept, gone, from_gone={"name"})
    result = bring_in(csv_of(f"{SECOND.name};{SECOND.emails[0]};;"))
    assert (result.created, result.unchanged) == (0, 1)


def test_relation_removed_since_stays_removed() -> None:
    kept, gone, dan = add(FIRST, SECOND, Details(name="Dan"))
    relate(gone, dan, "CONTACT")
    merged = merge(kept, gone)
    [(relation, *_rest)] = told(kept)["relations"]
    Customer.objects.get(pk=kept).relations.filter(pk=relation).delete()
    undo(merged)
    assert told(gone)["relations"] == []


def test_two_cards_with_more_relations_than_one_shows_stay_two(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone, dan, eva = add(FIRST, SECOND, Details(name="Dan"), Details(name="Eva"))
    relate(kept, dan, "CONTACT")
    relate(gone, dan, "CONTACT")
    relate(eva, gone, "FAMILY")
    before = told(kept), told(gone)
    monkeypatch.setattr(relations, "MOST_OF_ONE", 1)
    with pytest.raises(merges.TooMuch, match="Nothing was changed"):
        merge(kept, gone)
    assert (told(kept), told(gone), Merge.objects.count()) == (*before, 0)
    monkeypatch.setattr(relations, "MOST_OF_ONE", 2)
    merge(kept, gone)
    assert [kind for _id, _one, _other, kind, _at in told(kept)["relations"]] == ["CONTACT", "FAMILY"]


def _sensitive_field(kind: str) -> str:
    choices = ["nuts", "milk"] if kind == "CHOICE" else []
    return str(
        custom_fields.add_field(
            name="Allergy", kind=kind, choices=choices, is_sensitive=True, actor=MACHINE, at=NOW
        )
    )


def test_sensitive_answers_of_both_cards_are_kept() -> None:
    kept, gone = add(FIRST, SECOND)
    field = _sensitive_field("TEXT")
    halves = [Sensitive(custom=((field, answer),)) for answer in ("none", "penicillin")]
    keep_number(kept, halves[0])
    keep_number(gone, halves[1])
    merged = merge(kept, gone)
    assert told(kept)["sensitive"].custom == ((field, "none; penicillin"),)
    undo(merged)
    assert [told(one)["sensitive"] for one in (kept, gone)] == halves


def test_cards_with_different_sensitive_choices_stay_two_and_the_sentence_names_nothing() -> None:
    kept, gone = add(FIRST, SECOND)
    field = _sensitive_field("CHOICE")
    keep_number(kept, Sensitive(custom=((field, "nuts"),)))
    keep_number(gone, Sensitive(custom=((field, "milk"),)))
    before = told(kept), told(gone)
    with pytest.raises(merges.AnswersDiffer) as refused:
        merge(kept, gone)
    assert [word in str(refused.value) for word in ("Nothing was changed", "nuts", "milk", "Allergy")] == [
        True, False, False, False
    ]  # fmt: skip
    assert (told(kept), told(gone)) == before
    keep_number(gone, Sensitive(custom=((field, "nuts"),)))
    merge(kept, gone)


def test_where_many_merged_cards_lead_is_asked_of_all_at_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    kept, *others = add(FIRST, *(Details(name=f"Cissi {number}") for number in range(5)))
    for other in others:
        merge(kept, other)
    with django_assert_num_queries(2):
        led = selectors.led_on([str(kept), *map(str, others)])
    assert led == dict.fromkeys(map(str, others), str(kept))
