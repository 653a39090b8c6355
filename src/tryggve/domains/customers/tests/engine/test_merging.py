from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.comparison.merging import Merged, merge
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.tests.engine.strategies import details

_ANNA = Details(
    name="Anna Ek", emails=("a@example.se",), phones=("070-1740605",), note="ett\n\ntvå", tags=("VIP",)
)


def test_lists_are_joined_and_empty_fields_filled() -> None:
    new = Details(
        name="ANNA EK",
        organisation="Bageriet",
        emails=("A@example.se", "b@example.se"),
        tags=("vip", "Lund"),
        source="mässan",
    )
    merged = merge(_ANNA, new, "SE")
    assert merged == Merged(
        Details(
            name="Anna Ek",
            organisation="Bageriet",
            emails=("a@example.se", "b@example.se"),
            phones=("070-1740605",),
            note="ett\n\ntvå",
            tags=("VIP", "Lund"),
            source="mässan",
        ),
        ("organisation", "emails", "tags", "source"),
        {"name": "ANNA EK"},
    )


def test_filled_field_is_never_changed_and_the_other_value_named() -> None:
    known = Details(name="Anna", organisation="Bageriet", source="mässan")
    merged = merge(known, Details(name="Anna", organisation="Konditoriet", source="webben"), "SE")
    assert (merged.details, merged.added) == (known, ())
    assert merged.conflicts == {"organisation": "Konditoriet", "source": "webben"}


def test_note_is_appended_unless_it_stands_there_as_a_paragraph() -> None:
    assert merge(_ANNA, Details(note="två"), "SE").added == ()
    assert merge(_ANNA, Details(note="tv"), "SE").details.note == "ett\n\ntvå\n\ntv"


def test_address_is_the_same_however_it_is_written() -> None:
    known = Details(addresses=(Address("Storgatan 1", "111 22", "Stockholm", "Sverige"),))
    assert merge(known, Details(addresses=(Address("STORGATAN 1", "11122", "stockholm"),)), "SE").added == ()


def test_addresses_without_letters_are_told_apart() -> None:
    merged = merge(Details(addresses=(Address("🦊"),)), Details(addresses=(Address("🐻"),)), "SE")
    assert merged.details.addresses == (Address("🦊"), Address("🐻"))


def test_missing_country_is_filled_and_another_country_is_another_address() -> None:
    known = Details(addresses=(Address("Storgatan 1", "1112", "Oslo"),))
    norway, sweden = (
        Address("Storgatan 1", "1112", "Oslo", "Norge"),
        Address("Storgatan 1", "1112", "Oslo", "Sverige"),
    )
    filled = merge(known, Details(addresses=(norway,)), "SE").details
    assert filled.addresses == (norway,)
    assert merge(filled, Details(addresses=(sweden,)), "SE").details.addresses == (norway, sweden)


@given(details(), details(), st.sampled_from(["SE", "DK"]))
def test_merging_loses_nothing_and_a_second_time_changes_nothing(
    known: Details, new: Details, country: str
) -> None:
    once = merge(known, new, country)  # type: ignore[arg-type]
    again = merge(once.details, new, country)  # type: ignore[arg-type]
    assert (again.details, again.added) == (once.details, ())
    assert {email.lower() for email in (*known.emails, *new.emails)} == {
        email.lower() for email in once.details.emails
    }
    assert merge(once.details, known, country).added == ()  # type: ignore[arg-type]


def test_new_fields_are_filled_and_never_changed_and_ids_joined() -> None:
    known = Details(name="Anna", job_title="Baker", uids=("a",), custom=(("shoes", "43"), ("hat", "")))
    new = Details(
        name="Anna", job_title="Carpenter", status="former", uids=("urn:uuid:A", "b"),
        custom=(("shoes", "44"), ("hat", "58")),
    )  # fmt: skip
    merged = merge(known, new, "SE")
    assert merged.details == Details(
        name="Anna",
        job_title="Baker",
        status="former",
        uids=("a", "b"),
        custom=(("shoes", "43"), ("hat", "58")),
    )
    assert merged.added == ("status", "uids", "custom")
    assert merged.conflicts == {"job_title": "Carpenter", "shoes": "44"}
    assert merge(merged.details, new, "SE").added == ()
