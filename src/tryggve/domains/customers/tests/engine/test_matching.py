from dataclasses import replace
from uuid import UUID

import pytest

from tryggve.domains.customers.engine.comparison.matching import Matcher
from tryggve.domains.customers.engine.comparison.outcomes import Double, Full, New, Out, Same
from tryggve.domains.customers.engine.details import Address, Details

_ANNA = UUID(int=1001)
_HOME = Address("Storgatan 1", "111 22", "Stockholm")
_KNOWN = Details(name="Anna Ek", emails=("a@example.se",), phones=("070-1740605",), addresses=(_HOME,))


def _decide(row: Details, *known: Details) -> New | Same:
    customers = [(UUID(int=1001 + place), one) for place, one in enumerate(known)]
    found = Matcher(customers, [row], country="SE", new_id=lambda: UUID(int=1)).decide(row)
    assert not isinstance(found, Full | Out)
    return found


def _is_anna(found: New | Same) -> bool:
    return isinstance(found, Same) and found.customer == _ANNA


@pytest.mark.parametrize(
    "row",
    [
        _KNOWN,
        Details(name="ek, ANNA", emails=("A@EXAMPLE.se",)),
        Details(name="Anna Ek", phones=("+46 70 174 06 05",)),
        Details(name="Anna Ek"),
        Details(name="Anna Ek", addresses=(Address("storgatan 1", "11122", "Stockholm"),)),
        Details(emails=("a@example.se",)),
        Details(phones=("0701740605",)),
    ],
)
def test_row_that_says_nothing_new_changes_nothing(row: Details) -> None:
    found = _decide(row, _KNOWN)
    assert _is_anna(found)
    assert (found.details, isinstance(found, Same) and found.added) == (_KNOWN, ())


@pytest.mark.parametrize(
    ("row", "added"),
    [
        (Details(name="Anna Ek", emails=("a@example.se", "b@example.se")), ("emails",)),
        (Details(name="Anna Ek", emails=("b@example.se",), phones=("0701740605",)), ("emails",)),
        (
            Details(name="Anna Ek", organisation="Bageriet", note="hej", emails=("a@example.se",)),
            ("organisation", "note"),
        ),
        (Details(name="Anna Ek", tags=("VIP",)), ("tags",)),
        (Details(emails=("a@example.se",), phones=("08-46500400",)), ("phones",)),
    ],
)
def test_row_about_someone_known_adds_to_them(row: Details, added: tuple[str, ...]) -> None:
    found = _decide(row, _KNOWN)
    assert _is_anna(found)
    assert isinstance(found, Same)
    assert found.added == added


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (Details(name="Bo Ek", emails=("a@example.se",)), "same_email"),
        (Details(name="Bo Ek", phones=("0701740605",)), "same_phone"),
        (Details(name="Bo Ek", phones=("0701740605",), emails=("a@example.se",)), "same_email"),
        (Details(kind="organisation", name="Anna Ek", emails=("a@example.se",)), "same_email"),
        (Details(phones=("0701740605",), emails=("b@example.se",)), "same_phone"),
    ],
)
def test_two_who_share_an_address_stay_two_and_the_second_is_named(row: Details, why: str) -> None:
    found = _decide(row, _KNOWN)
    assert isinstance(found, New)
    assert found.double is not None
    assert (found.double.customer, found.double.why) == (_ANNA, why)


def test_names_without_letters_are_told_apart() -> None:
    assert isinstance(_decide(Details(name="🦊"), Details(name="🐻")), New)
    assert isinstance(_decide(Details(name="🦊"), Details(name="🦊")), Same)


@pytest.mark.parametrize(
    "row",
    [
        Details(name="Anna Ek", emails=("other@example.se",)),
        Details(name="Anna Ek", addresses=(Address("Ängen 3", "222 22", "Lund"),)),
    ],
)
def test_namesake_with_other_contacts_is_someone_new(row: Details) -> None:
    assert _decide(row, _KNOWN) == New(UUID(int=1), row, None)


def test_namesake_with_other_contacts_in_the_same_house_is_told() -> None:
    row = Details(name="Anna Ek", emails=("other@example.se",), addresses=(_HOME,))
    assert _decide(row, _KNOWN) == New(UUID(int=1), row, Double(_ANNA, "like_name_and_address"))


def test_same_name_and_address_are_the_same_person_unless_contacts_differ() -> None:
    known = Details(name="Anna Ek", phones=("070-1740605",), addresses=(_HOME,))
    assert _is_anna(_decide(Details(name="Anna Ek", emails=("a@example.se",), addresses=(_HOME,)), known))
    assert isinstance(
        _decide(Details(name="Anna Ek", phones=("08-46500400",), addresses=(_HOME,)), known), New
    )


def test_street_alone_is_no_place() -> None:
    street = Address("Storgatan 1")
    known = Details(name="Anna Ek", phones=("070-1740605",), addresses=(street,))
    assert isinstance(
        _decide(Details(name="Anna Ek", emails=("a@example.se",), addresses=(street,)), known), New
    )


def test_bare_name_joins_only_when_there_is_one_of_that_name() -> None:
    row, other = Details(name="Anna Ek", note="ring"), Details(name="Anna Ek", emails=("c@example.se",))
    assert _is_anna(_decide(row, _KNOWN))
    assert _decide(row, _KNOWN, other) == New(UUID(int=1), row, Double(_ANNA, "same_name"))


def test_bare_namesake_of_hundreds_is_found_again() -> None:
    hundreds = [Details(name="Anna Ek", emails=(f"{number}@example.se",)) for number in range(300)]
    row = Details(name="Anna Ek", note="ring")
    assert isinstance(_decide(row, *hundreds), New)
    assert isinstance(_decide(row, *hundreds, row), Same)


def test_someone_known_by_name_only_gets_their_contacts() -> None:
    assert _is_anna(_decide(_KNOWN, Details(name="Anna Ek", tags=("VIP",))))
    assert isinstance(_decide(_KNOWN, Details(name="Anna Ek"), Details(name="Anna Ek", source="x")), New)


_TOWN = Address(postcode="222 22", city="Lund")


@pytest.mark.parametrize(
    ("beside", "added"),
    [
        (Details(tags=("VIP",)), ("tags",)),
        (Details(note="ring"), ("note",)),
        (Details(source="mässan"), ("source",)),
    ],
)
@pytest.mark.parametrize("town", [_TOWN, Address(city="Lund"), Address(postcode="222 22")])
def test_source_tags_and_note_are_no_part_of_who_somebody_is(
    town: Address, beside: Details, added: tuple[str, ...]
) -> None:
    row = replace(beside, name="Anna Ek", addresses=(town,))
    found = _decide(row, Details(name="Anna Ek", addresses=(town,)))
    assert isinstance(found, Same)
    assert (found.customer, found.details, found.added) == (_ANNA, row, added)


def test_country_is_no_part_of_who_somebody_is() -> None:
    row = Details(name="Anna Ek", addresses=(replace(_TOWN, country="Sverige"),))
    assert _is_anna(_decide(row, Details(name="Anna Ek", addresses=(_TOWN,))))


def test_row_without_name_brings_its_tags_to_nobody_when_several_are_reached_so() -> None:
    row = Details(emails=("a@example.se",), tags=("VIP",))
    couple = (Details(name="Anna", emails=("a@example.se",)), Details(name="Bo", emails=("a@example.se",)))
    assert isinstance(_decide(row, *couple), New)


@pytest.mark.parametrize(
    "row",
    [
        Details(name="Anna Ek", addresses=(_TOWN,), emails=("a@example.se",)),
        Details(name="Anna Ek", emails=("a@example.se",)),
        Details(name="Anna Ek", phones=("0701740605",), addresses=(Address(city="Kivik"),)),
    ],
)
def test_namesake_whom_nothing_tells_apart_is_named_as_a_possible_double(row: Details) -> None:
    assert _decide(row, Details(name="Anna Ek", addresses=(_TOWN,))) == New(
        UUID(int=1), row, Double(_ANNA, "same_name")
    )


def test_colleagues_are_told_apart_by_their_organisation() -> None:
    known = Details(name="Anna Ek", organisation="Bageriet")
    assert isinstance(_decide(Details(name="Anna Ek", organisation="Bygg"), known), New)
    found = _decide(
        Details(name="Anna Ek", organisation="Bygg", emails=("a@example.se",)),
        Details(name="Anna Ek", organisation="Bageriet", emails=("a@example.se",)),
    )
    assert isinstance(found, Same)
    assert found.conflicts == {"organisation": "Bygg"}


def test_someone_known_by_email_only_gets_the_name_of_the_first_who_has_it() -> None:
    row = Details(name="Anna Ek", emails=("a@example.se",))
    found = _decide(row, Details(emails=("a@example.se",)))
    assert (found.customer, found.details) == (_ANNA, row)


def test_row_without_name_joins_nobody_when_several_are_reached_so() -> None:
    row = Details(emails=("a@example.se",), phones=("08-46500400",))
    couple = (Details(name="Anna", emails=("a@example.se",)), Details(name="Bo", emails=("a@example.se",)))
    assert isinstance(_decide(row, couple[0]), Same)
    assert _decide(row, *couple) == New(UUID(int=1), row, Double(_ANNA, "same_email"))


def test_customers_nobody_asks_about_are_not_kept() -> None:
    matcher = Matcher([(_ANNA, _KNOWN)], [], country="SE", new_id=lambda: UUID(int=1))
    assert isinstance(matcher.decide(_KNOWN), New)


def test_every_decision_counts_for_the_next() -> None:
    rows = [
        Details(name="Anna", emails=("a@example.se",)),
        Details(name="Anna", emails=("a@example.se",), phones=("0701740605",)),
        Details(name="Anna", phones=("0701740605",)),
    ]
    matcher = Matcher([], rows, country="SE", new_id=lambda: _ANNA)
    again = Double(_ANNA, "same_person")
    assert [matcher.decide(row) for row in rows] == [
        New(_ANNA, rows[0]),
        Same(_ANNA, rows[1], ("phones",), double=again),
        Same(_ANNA, rows[1], (), double=again),
    ]


@pytest.mark.parametrize("gained", [Details(note="ring"), Details(addresses=(_HOME,))])
def test_what_a_row_brought_is_not_brought_again(gained: Details) -> None:
    first = Details(name="Anna", emails=("a@example.se",), phones=("0701740605",))
    row = replace(gained, name="Anna", emails=("a@example.se",))
    matcher = Matcher([], [first, row], country="SE", new_id=lambda: _ANNA)
    found = [matcher.decide(one) for one in (first, row, row)]
    assert [isinstance(one, Same) and bool(one.added) for one in found] == [False, True, False]


def test_growing_takes_no_namesakes_place() -> None:
    """Sixty e-mails of one don't push another of that name and house out of those compared."""
    phones = ["0701740605", "08-46500400", "040-123456"]
    grown = [
        Details(name="Anna", phones=(phones[0],), emails=(f"{n}@example.se",), addresses=(_HOME,))
        for n in range(60)
    ]
    second = Details(name="Anna", phones=(phones[1],), emails=("b@example.se",), addresses=(_HOME,))
    third = Details(name="Anna", emails=("c@example.se",), addresses=(_HOME,))
    row = Details(name="Anna", phones=(phones[2],), addresses=(_HOME,))
    rows, made = [grown[0], second, *grown[1:], third, row], iter(map(UUID, map("{:032}".format, range(9))))
    matcher = Matcher([], rows, country="SE", new_id=lambda: next(made))
    found = [matcher.decide(one) for one in rows]
    assert [one.customer.int for one in found if isinstance(one, New)] == [0, 1, 2]
    assert isinstance(found[-1], Same)
    assert found[-1].customer == UUID(int=2)


def test_row_with_an_id_that_a_customer_has_is_that_customer_before_every_other_rule() -> None:
    other = Details(name="Bo Berg", emails=("bo@example.se",), uids=("urn:uuid:AB-1",))
    row = Details(name="Anna Ek", emails=("a@example.se",), phones=("0701740605",), uids=("ab-1",))
    found = _decide(row, _KNOWN, other)
    assert (found.customer, isinstance(found, Same) and found.added) == (UUID(int=1002), ("emails", "phones"))


def test_id_from_one_more_address_book_is_added_and_makes_nobody_new() -> None:
    row = replace(_KNOWN, uids=("ab-1",))
    found = _decide(row, replace(_KNOWN, uids=("cd-2",)))
    assert (_is_anna(found), found.details.uids) == (True, ("cd-2", "ab-1"))


def test_namesake_with_the_same_identity_number_is_the_customer_and_another_name_is_told() -> None:
    known = Details(name="Anna Ek", number_tags=("t",), emails=("a@example.se",))
    assert _is_anna(_decide(Details(name="Ek Anna", number_tags=("t",), emails=("b@example.se",)), known))
    row = Details(name="Anna Berg", number_tags=("t",))
    assert _decide(row, known) == New(UUID(int=1), row, Double(_ANNA, "same_number"))
