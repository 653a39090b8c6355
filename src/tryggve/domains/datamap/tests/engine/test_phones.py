import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.contacts import phone
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.tests.engine.looking import called, called_other, look

NONE, LOW, MEDIUM, HIGH = Confidence
SAID, OTHER = called(Kind.PHONE), called_other(Kind.PHONE)


def phones(text: str) -> list[str]:
    return [value for _kind, value, _sure in look(phone.find, text)]


def said_phones(text: str) -> list[str]:
    return [value for _kind, value, _sure in look(phone.find, text, SAID)]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "070-123 45 67",
            "070 123 45 67",
            "0701-23 45 67",
            "0701-234567",
            "070-1234567",
            "0701234567",
            "070-12 34 567",
        ),
        *(
            "070-12 345 67",
            "070 - 123 45 67",
            "070/123 45 67",
            "070.123.45.67",
            "070-123-45-67",
            "076 123 4567",
            "073-1234 567",
        ),
        *(
            "08-123 456 78",
            "08-123 45 67",
            "08-12 34 56",
            "08-12345678",
            "(08) 123 456 78",
            "(08)12345678",
            "08/123 45 67",
        ),
        *(
            "031-12 34 56",
            "031-123 45 67",
            "013-123 45",
            "0910-123 45",
            "0910-12 34 56",
            "0910-123456",
            "010-123 45 67",
        ),
        *("020-12 34 56", "0771-12 34 56", "031 12 34 56"),
        *(
            "040 1234567",
            "040-123 4567",
            "045 123 4567",
            "050 123 456",
            "0400 123 456",
            "09 1234 5678",
            "(09) 123 456",
        ),
        *(
            "+46 70 123 45 67",
            "+46701234567",
            "+46-70-123 45 67",
            "+46 (0)70-123 45 67",
            "+46(0)701234567",
            "+46 (0) 8 123 456 78",
        ),
        *(
            "+46 070-123 45 67",
            "(+46) 70 123 45 67",
            "+ 46 70 123 45 67",
            "+46 8 123 456 78",
            "+468-123 456 78",
            "+46 31-12 34 56",
        ),
        *("0046 70 123 45 67", "0046701234567", "00 46 70 123 45 67", "0046-70-1234567"),
        *(
            "+45 12 34 56 78",
            "+4512345678",
            "+45 1234 5678",
            "+45 12345678",
            "(+45) 12 34 56 78",
            "0045 12 34 56 78",
            "+45-12-34-56-78",
        ),
        *("+47 912 34 567", "+47 22 33 44 55", "+4791234567", "0047 912 34 567"),
        *("+358 40 123 4567", "+358401234567", "+358 9 1234 5678", "+358 (0)40 123 4567"),
        *(
            "+1 (212) 555-0100",
            "+1.212.555.0100",
            "+1-212-555-0100",
            "+12125550100",
            "+44 20 7946 0018",
            "+44 (0)20 7946 0018",
        ),
        *(
            "+49 30 123456",
            "+49 (0)30 123456",
            "+33 1 23 45 67 89",
            "+39 06 1234 5678",
            "+354 555 1234",
            "+48 601 234 567",
        ),
    ],
)
def test_numbers_are_found_whole_as_people_write_them(written: str) -> None:
    assert written in phones(written)
    assert written in phones(f"Ring {written}, fråga efter Anna.")
    assert written in phones(f"“{written}”")
    assert written in phones(f"Anna;{written};Lund\n")


@pytest.mark.parametrize(
    "text",
    [
        *("12 34 56 78", "12345678", "912 34 567", "1234 5678", "46701234567", "0812345678", "08 12 34 56"),
        *("070112-3456", "0701123456-7", "070112 3456", "19070112-3456", "070101-123A"),
        *(
            "08-12-2024",
            "2024-08-12 23 14",
            "08-12-23 14:30",
            "09.12.23 14.30",
            "08.00-17.00",
            "08-17",
            "14:08-12 34 56",
            "08/12 2024",
        ),
        *(
            "02 03 04 05",
            "03-04 05 06",
            "0,070 123",
            "0.0701234567",
            "070 000 kr",
            "0530.12.34567",
            "031-02 34 56",
        ),
        *(
            "DK50 0040 0440 1162 43",
            "SE45 5000 0000 0583 9825 7466",
            "x0701234567",
            "0701234567x",
            "_0701234567",
            "0701234567å",
        ),
        *("0701234567-8", "8-0701234567", "0701234567.5", "07012345678", "070-123 45 678", "2024-0701234567"),
        *(
            "+15 000 000 kr",
            "+0100",
            "12:00:00+01:00",
            "bo+4670123456@x.se",
            "5+46701234567",
            "+46 70 123",
            "+45 123",
            "+999 123 456 789",
        ),
        *("+33 500 000 kr", "02150 Espoo", "", "+", "0", "00"),
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert phones(text) == []


@pytest.mark.parametrize(
    "written",
    [
        *("12 34 56 78", "12345678", "912 34 567", "1234 5678", "12-34-56-78", "46701234567", "4512345678"),
        *(
            "701234567",
            "453880675",
            "4791234567",
            "358401234567",
            "0812345678",
            "08 12 34 56",
            "0701 234 567",
            "004612345678",
        ),
    ],
)
def test_bare_numbers_are_found_where_the_text_says_so(written: str) -> None:
    assert said_phones(written) == [written]


@pytest.mark.parametrize("text", ["070112-3456", "1234567", "12 34 56-78", "123456789012345", "5591234567"])
def test_not_even_then_is_everything_one(text: str) -> None:
    assert said_phones(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("070-123 45 67 08-765 43 21", ["070-123 45 67", "08-765 43 21"]),
        ("070-123 45 67 070-765 43 21", ["070-123 45 67", "070-765 43 21"]),
        ("0701234567 0709876543", ["0701234567", "0709876543"]),
        ("040-123456/070-1234567", ["040-123456", "070-1234567"]),
        ("070-1234567, 08-7654321", ["070-1234567", "08-7654321"]),
        ("08-123 45 67 - 08-765 43 21", ["08-123 45 67", "08-765 43 21"]),
        ("+46 70 123 45 67 +45 12 34 56 78", ["+46 70 123 45 67", "+45 12 34 56 78"]),
        ("+46 70 123 45 67/+46 70 765 43 21", ["+46 70 123 45 67", "+46 70 765 43 21"]),
        ("+45 12 34 56 78 12 34", ["+45 12 34 56 78"]),
        ("+49 30 123456 0171 1234567", ["+49 30 123456"]),
        ("08-123 45 67 25 st", ["08-123 45 67"]),
    ],
)
def test_a_number_ends_where_another_begins(text: str, numbers: list[str]) -> None:
    assert phones(text) == numbers


@pytest.mark.parametrize(
    ("written", "other", "unsaid"),
    [
        ("+46 70 123 45 67", MEDIUM, HIGH),
        ("+49 30 123456", LOW, MEDIUM),
        ("0046 70 123 45 67", NONE, HIGH),
        ("0046701234567", NONE, MEDIUM),
        ("0049 30 123456", NONE, LOW),
        ("004930123456", NONE, NONE),
        ("070-123 45 67", LOW, MEDIUM),
        ("0701234567", NONE, MEDIUM),
        ("0401234567", NONE, LOW),
        ("08-123 45 67", NONE, MEDIUM),
        ("0910-123456", NONE, LOW),
        ("08 123 45 67", NONE, LOW),
        ("12 34 56 78", NONE, NONE),
    ],
)
def test_how_sure_one_is_follows_the_shape_and_what_the_text_says(
    written: str, other: Confidence, unsaid: Confidence
) -> None:
    def sure(found: list[tuple[Kind, str, Confidence]]) -> Confidence:
        return max((confidence for _kind, value, confidence in found if value == written), default=NONE)

    assert [sure(look(phone.find, written, said)) for said in (OTHER, None, SAID)] == [other, unsaid, HIGH]


def test_number_of_one_group_ends_a_text_that_has_one_of_many() -> None:
    assert phones("+45 12 34 56 78 eller +46701740605") == ["+45 12 34 56 78", "+46701740605"]


@given(st.integers(0, 9_999_999), st.sampled_from(["070", "072", "073", "076", "079"]))
def test_every_swedish_mobile_telephone_is_found(number: int, area: str) -> None:
    seven = f"{number:07}"
    ways = (
        f"{area}-{seven}",
        f"{area}-{seven[:3]} {seven[3:5]} {seven[5:]}",
        f"{area}{seven}",
        f"{area}{seven[0]}-{seven[1:]}",
    )
    for written in (*ways, f"+46 {area[1:]} {seven}"):
        assert written in phones(f"Anna, {written}.")


@given(st.integers(10_000_000, 99_999_999), st.sampled_from(["+45", "+47", "0045", "0047"]))
def test_every_danish_and_norwegian_number_is_found_after_its_code(number: int, code: str) -> None:
    eight = str(number)
    for written in (
        f"{code} {eight}",
        f"{code} {eight[:2]} {eight[2:4]} {eight[4:6]} {eight[6:]}",
        f"{code}{eight}",
    ):
        assert written in phones(f"Ring {written}!")


@given(st.from_regex(r"\A[0-3]\d[01]\d{3}-\d{4}\Z"))
def test_six_and_four_figures_are_never_a_telephone(identity: str) -> None:
    assert phones(identity) == []
    assert said_phones(identity) == []


@given(st.text("0123456789 +-/().\né", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    for value in phones(text) + said_phones(text):
        assert 7 <= sum(map(str.isdigit, value)) <= 17
