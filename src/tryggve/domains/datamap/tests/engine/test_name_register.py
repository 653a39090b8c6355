"""The firm's own customers are found by their exact names, in all ways to write them."""

import pytest

from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.engine.names.capitals import capitals_in
from tryggve.domains.datamap.engine.names.persons import persons_in
from tryggve.domains.datamap.engine.names.register import OwnRegister
from tryggve.domains.datamap.engine.text import Text

NAMES = (
    *("Anna Maria Qvarnlöv", "Carl von Zdravén", "Bo Ek", "Åsa-Lisa Xhelili-Berg", "STINA ZORN", "Cher"),
    "Alexandrinaelisabeta Konstantinopolous",
)
REGISTER = OwnRegister(NAMES)


def _own(text: str, register: OwnRegister = REGISTER) -> list[str]:
    content = text.encode()
    found = register.names_in(capitals_in(content))
    assert set(found.confidence.tolist()) <= {Confidence.MEDIUM}
    return [content[start:end].decode() for start, end in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    "written",
    [
        *("Anna Maria Qvarnlöv", "Anna Qvarnlöv", "Qvarnlöv, Anna", "Qvarnlöv Anna", "Qvarnlöv, Anna Maria"),
        *(
            "ANNA QVARNLÖV",
            "Anna\nQvarnlöv",
            "Carl von Zdravén",
            "Åsa-Lisa Xhelili-Berg",
            "Stina Zorn",
            "Bo  Ek",
        ),
        "Alexandrinaelisabeta Konstantinopolous",
    ],
)
def test_a_customer_is_found_however_the_name_is_written(written: str) -> None:
    assert _own(f"Till: {written}, tack.") == [written]


@pytest.mark.parametrize(
    "written",
    [
        "Anna Qvarn",
        "Maria Qvarnlöv",
        "Anna och Qvarnlöv",
        "Bo Ekdahl",
        "XBo Ek",
        "Bo. Ek",
        "Carl Zorn",
        "Cher",
        "",
    ],
)
def test_another_name_is_nobody_s(written: str) -> None:
    assert _own(f"Till: {written}, tack.") == []


def test_all_places_are_found_in_order() -> None:
    assert _own("Bo Ek och Anna Qvarnlöv, sedan Bo Ek.") == ["Bo Ek", "Anna Qvarnlöv", "Bo Ek"]


def test_an_empty_register_finds_nobody() -> None:
    assert _own("Bo Ek", OwnRegister([])) == []


def test_own_names_are_among_the_persons_where_no_list_has_them() -> None:
    content = "Xhelöv Qorri\n".encode() * 3
    found = persons_in(Text(content), own=OwnRegister(["Xhelöv Qorri"]), by_lists_only=True)
    assert len(found) == 3
    assert not len(persons_in(Text(content), by_lists_only=True))


def test_words_of_own_names_help_the_recogniser() -> None:
    own = OwnRegister(["Åsa-Lisa Xhelili"])
    assert own.recogniser.features.word("Xhelili").known == "L"
    assert own.recogniser.features.word("Åsa-Lisa").known == "F"


def test_the_register_shows_no_names() -> None:
    assert "Qvarnlöv" not in repr(REGISTER)
