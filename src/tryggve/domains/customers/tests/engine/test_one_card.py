from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import CILLA
from tryggve.domains.customers.engine.comparison import one_card
from tryggve.domains.customers.engine.comparison.one_card import TooMuchForOneCard
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.engine.values.phones import Country
from tryggve.domains.customers.tests.engine.strategies import details

OTHER = Details(
    name="Cilla Akerstrom",
    emails=("cilla@work.se", "CILLA@example.se"),
    phones=("+46701740605", "08-1234567"),
    addresses=(Address("Storgatan 1", "11122", "Stockholm", "Sverige"),),
    tags=("Lund",),
    source="web",
    note="Wants a call.",
    job_title="Baker",
    custom=(("shoe", "38"), ("hat", "58")),
    number_tags=("t1",),
)
COUNTRY: Country = "SE"


def test_lists_are_joined_without_doubles_and_what_differs_is_told() -> None:
    kept = replace(CILLA, custom=(("shoe", "39"),))
    after = one_card.joined(kept, OTHER, COUNTRY)
    assert after.emails == ("cilla@example.se", "cilla@work.se")
    assert after.phones == ("070-174 06 05", "08-1234567")
    assert after.addresses == (Address("Storgatan 1", "111 22", "Stockholm", "Sverige"),)
    assert (after.tags, after.note) == (("vip", "Lund"), f"{CILLA.note}\n\nWants a call.")
    assert (after.name, after.source, after.job_title) == (CILLA.name, "autumn fair", "Baker")
    assert (after.custom, after.number_tags) == ((("shoe", "39"), ("hat", "58")), ("t1",))
    assert one_card.differing(kept, OTHER) == ["name", "source", "shoe"]


def test_what_is_chosen_comes_from_the_other_card() -> None:
    kept = replace(CILLA, custom=(("shoe", "39"),))
    after = one_card.joined(kept, OTHER, COUNTRY, from_gone={"name", "shoe", "job_title", "emails"})
    assert (after.name, after.source) == ("Cilla Akerstrom", "autumn fair")
    assert dict(after.custom) == {"shoe": "38", "hat": "58"}
    assert after.emails[0] == "cilla@example.se"


def test_more_than_one_card_can_hold_is_refused() -> None:
    many = tuple(f"{number}@x.se" for number in range(60))
    with pytest.raises(TooMuchForOneCard):
        one_card.joined(Details(emails=many), Details(emails=tuple(f"w{one}" for one in many)), COUNTRY)
    with pytest.raises(TooMuchForOneCard):
        one_card.joined(Details(note="x" * 60_000), Details(note="y" * 60_000), COUNTRY)
    numbers = tuple(IdentityNumber("SE-PNR", str(number)) for number in range(12))  # type: ignore[arg-type]
    with pytest.raises(TooMuchForOneCard):
        one_card.joined_in_secret(Sensitive(numbers[:6]), Sensitive(numbers[6:]), texts=())
    with pytest.raises(TooMuchForOneCard):
        one_card.joined_in_secret(
            Sensitive(custom=(("a", "x" * 600),)), Sensitive(custom=(("a", "y" * 600),)), texts={"a"}
        )


@settings(deadline=None)
@given(kept=details(), gone=details(), chosen=st.sets(st.sampled_from(one_card.SINGLE)))
def test_merge_then_undo_gives_back_exactly_what_was_there(
    kept: Details, gone: Details, chosen: set[str]
) -> None:
    after = one_card.joined(kept, gone, COUNTRY, from_gone=chosen)
    assert one_card.parted(kept, after, after) == kept


@settings(deadline=None)
@given(kept=details(), gone=details())
def test_changes_since_stay_and_what_came_with_the_merge_goes(kept: Details, gone: Details) -> None:
    after = one_card.joined(kept, gone, COUNTRY)
    now = replace(
        after, name="New Name", emails=(*after.emails, "new@x.se"), note=f"{after.note}\n\nNew.".strip()
    )
    back = one_card.parted(kept, after, now)
    assert (back.name, back.emails) == ("New Name", (*kept.emails, "new@x.se"))
    assert back.note == f"{kept.note}\n\nNew.".strip()
    assert replace(back, name=kept.name, emails=kept.emails, note=kept.note) == kept


def test_what_was_removed_since_stays_removed() -> None:
    after = one_card.joined(CILLA, OTHER, COUNTRY)
    now = replace(after, emails=after.emails[1:], custom=(("hat", "60"),), addresses=())
    back = one_card.parted(CILLA, after, now)
    assert (back.emails, back.custom, back.addresses) == ((), (("hat", "60"),), ())


def test_sensitive_half_is_joined_and_parted_the_same_way() -> None:
    own, others = IdentityNumber("SE-PNR", "1"), IdentityNumber("SE-PNR", "2")  # type: ignore[arg-type]
    before, gone = Sensitive((own,), (("a", "x"),)), Sensitive((others, own), (("a", "y"), ("b", "z")))
    after = one_card.joined_in_secret(before, gone, texts={"a"})
    assert (after.numbers, dict(after.custom)) == ((own, others), {"a": "x; y", "b": "z"})
    assert one_card.parted_in_secret(before, after, after) == before
    added = IdentityNumber("SE-PNR", "3")  # type: ignore[arg-type]
    now = Sensitive((*after.numbers, added), after.custom)
    assert one_card.parted_in_secret(before, after, now) == Sensitive((own, added), (("a", "x"),))


@pytest.mark.parametrize(
    ("kept", "gone", "both"),
    [("none", "none", "none"), ("a; b", "b", "a; b"), ("b", "a; b", "b; a"), ("", "a", "a")],
)
def test_sensitive_texts_are_joined_without_saying_anything_twice(kept: str, gone: str, both: str) -> None:
    one, other = (Sensitive(custom=(("f", answer),) if answer else ()) for answer in (kept, gone))
    assert one_card.joined_in_secret(one, other, texts={"f"}).custom == (("f", both),)


def test_sensitive_answers_that_are_no_text_are_not_chosen_between() -> None:
    yes, no = (Sensitive(custom=(("f", answer),)) for answer in ("yes", "no"))
    with pytest.raises(one_card.AnswersOfBoth):
        one_card.joined_in_secret(yes, no, texts={"g"})
    assert one_card.joined_in_secret(yes, yes, texts=()) == yes
