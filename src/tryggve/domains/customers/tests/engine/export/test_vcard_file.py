from hypothesis import given
from hypothesis import strategies as st

from tests.cast import CILLA, DAN
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.export import vcard_file
from tryggve.domains.customers.tests.engine.export.written import file_of, records


def _lines(details: Details) -> list[str]:
    [record] = records([details])
    return vcard_file.card(record).decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_card_of_a_person() -> None:
    assert _lines(CILLA) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "FN:Cilla Åkerström",
        "N:Åkerström;Cilla;;;",
        "EMAIL:cilla@example.se",
        "TEL:070-174 06 05",
        "ADR:;;Storgatan 1;Stockholm;;111 22;",
        "NOTE:Likes to be called in the morning.",
        "CATEGORIES:vip",
        "UID:urn:uuid:00000000-0000-0000-0000-000000000001",
        "REV:20260302T080000Z",
        "END:VCARD",
    ]


def test_card_of_an_organisation_has_it_as_kind_name_and_org() -> None:
    told = _lines(Details(kind="organisation", name="Coop; Söner, AB"))
    assert told[2:5] == ["KIND:org", "FN:Coop\\; Söner\\, AB", "ORG:Coop\\; Söner\\, AB"]


def test_who_has_no_name_is_called_by_what_there_is() -> None:
    assert _lines(Details(emails=("x@y.se",)))[2:5] == ["KIND:individual", "FN:x@y.se", "EMAIL:x@y.se"]


def test_what_means_something_in_a_card_is_escaped_and_controls_are_left_out() -> None:
    told = _lines(
        Details(name="Bo", note="a\\b;c,d\r\ne\x07f\nEND:VCARD", tags=("x,y", "z"), job_title="VD; ägare")
    )
    assert "NOTE:a\\\\b\\;c\\,d\\nef\\nEND:VCARD" in told
    assert ("CATEGORIES:x\\,y,z" in told, "TITLE:VD\\; ägare" in told) == (True, True)


@given(note=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=400))
def test_lines_are_folded_at_75_octets_and_no_letter_is_cut(note: str) -> None:
    [record] = records([Details(name="Åsa", note=note)])
    card = vcard_file.card(record)
    for line in card.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert card.replace(b"\r\n ", b"").decode().count("NOTE:") == (1 if note else 0)


def test_letters_of_several_octets_are_folded_whole() -> None:
    [record] = records([Details(name="Åsa", note="xåäö€🦊" * 40)])
    for line in vcard_file.card(record).split(b"\r\n"):
        line.decode()
        assert len(line) <= 75


def test_file_holds_one_card_after_the_other() -> None:
    assert file_of([CILLA, DAN], format="vcard").count(b"BEGIN:VCARD\r\n") == 2
