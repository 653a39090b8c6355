import pytest

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words.special import find_special

LOW, MEDIUM, HIGH = Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH


def hints(
    text: str, person: str = "Anna Alm", kind: Kind = Kind.PERSON, sure: Confidence = HIGH
) -> list[tuple[str, Confidence]]:
    """With that person found each time the name stands there."""
    content, name = text.encode(), person.encode()
    start = [place for place in range(len(content)) if content.startswith(name, place)]
    found = spans.spans(kind, start, [place + len(name) for place in start], sure)
    special = find_special(Text(content), found)
    columns = (column.tolist() for column in (special.start, special.end, special.confidence))
    return [
        (content[begin:end].decode(), Confidence(worth)) for begin, end, worth in zip(*columns, strict=True)
    ]


@pytest.mark.parametrize(
    "word",
    [
        "diagnos",
        "sjukskriven",
        "fackförbund",
        "religion",
        "muslim",
        "homosexuell",
        "straffregister",
        "fingeravtryck",
        "DNA-profil",
        "sygemeldt",
        "fagforening",
        "straffeattest",
        "kræft",
        "sykmeldt",
        "fagforbund",
        "sairausloma",
        "ammattiliitto",
        "rikosrekisteri",
        "pregnant",
        "trade union",
        "criminal record",
        "political opinion",
        "GRAVID",
        "SYÖPÄ",
        "etnisk",
        "genetisk",
    ],
)
def test_a_word_beside_a_person_is_a_hint_as_it_stands(word: str) -> None:
    assert hints(f"Anna Alm: {word}.") == [(word, MEDIUM)]


def test_a_word_without_a_person_is_none() -> None:
    assert hints("Alla: sjukskriven.") == []


@pytest.mark.parametrize("text", ["sjukskriven är Anna Alm", "Anna Alm är\nsjukskriven"])
def test_the_person_may_stand_before_or_after_in_the_paragraph(text: str) -> None:
    assert hints(text) == [("sjukskriven", MEDIUM)]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n\nmera\n\n"])
def test_another_paragraph_is_not_beside(gap: str) -> None:
    assert hints(f"Anna Alm{gap}sjukskriven") == []


def test_200_bytes_are_beside_and_more_are_not() -> None:
    assert hints(f"Anna Alm{'.' * 200}gravid") == [("gravid", MEDIUM)]
    assert hints(f"Anna Alm{'.' * 201}gravid") == []


@pytest.mark.parametrize("far", ["", "word " * 4_000])
def test_few_persons_in_a_long_text_are_told_as_in_a_short_one(far: str) -> None:
    text = f"{far}\n\nAnna Alm är gravid\n\n{far}\n\nmuslim\n\n{far}\n\nÄven Anna Alm är muslim"
    assert hints(text) == [("gravid", MEDIUM), ("muslim", MEDIUM)]


def test_another_row_of_a_table_is_not_beside() -> None:
    assert hints("1;Anna Alm;x\n2;Bo;gravid\n") == []
    assert hints("1;Bo;x\n2;Anna Alm;gravid\n") == [("gravid", MEDIUM)]


def test_a_heading_above_a_row_with_a_person_is_a_faint_hint() -> None:
    assert hints("Namn;Tel;Diagnos\nAnna Alm;1;x\nAnna Alm;2;y\n") == [("Diagnos", LOW)]
    assert hints("Namn;Tel;Diagnos\nBo;1;x\n") == []


@pytest.mark.parametrize(
    ("kind", "sure", "worth"),
    [
        (Kind.SE_PERSONNUMMER, HIGH, MEDIUM),
        (Kind.DK_CPR, MEDIUM, MEDIUM),
        (Kind.PERSON, LOW, LOW),
        (Kind.EMAIL, HIGH, LOW),
        (Kind.PHONE, HIGH, LOW),
    ],
)
def test_a_hint_is_worth_what_stands_beside_it(kind: Kind, sure: Confidence, worth: Confidence) -> None:
    assert hints("Anna Alm gravid", kind=kind, sure=sure) == [("gravid", worth)]


@pytest.mark.parametrize("kind", [Kind.SE_ORGNR, Kind.IP, Kind.ADDRESS, Kind.SE_BANKGIRO, Kind.SECRET])
def test_what_tells_of_no_person_makes_no_hint(kind: Kind) -> None:
    assert hints("Anna Alm gravid", kind=kind) == []


def test_the_surer_of_two_neighbours_counts() -> None:
    content = b"a@b.se gravid Anna Alm"
    found = spans.together(
        (spans.spans(Kind.EMAIL, [0], [6], HIGH), spans.spans(Kind.PERSON, [14], [22], HIGH))
    )
    assert find_special(Text(content), found).confidence.tolist() == [MEDIUM]
