"""Names of persons: how well they are told, how sure that is, and that texts without names cost nothing."""

from collections.abc import Mapping, Sequence

import pytest

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.names import recogniser
from tryggve.domains.datamap.engine.names.persons import persons_in
from tryggve.domains.datamap.engine.names.recogniser import Recogniser
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.tests.engine import firms_texts
from tryggve.domains.datamap.tests.engine.marked_names import f1_of_words


class Counting(Recogniser):
    """The one that is shipped; it tells what it was asked."""

    def __init__(self) -> None:
        shipped = recogniser.shipped()
        super().__init__(shipped.model, shipped.features)
        self.asked: list[str] = []

    def labels(self, words: Sequence[str]) -> list[str]:
        self.asked.append(" ".join(words))
        return super().labels(words)

    def knowing(self, marks: Mapping[str, str]) -> Recogniser:
        return self


def _names(text: str, where: Spans | None = None, *, by_lists_only: bool = False) -> dict[str, Confidence]:
    content = text.encode()
    found = persons_in(Text(content), where, by_lists_only=by_lists_only)
    return {
        content[start:end].decode(): Confidence(sure)
        for start, end, sure in zip(
            found.start.tolist(), found.end.tolist(), found.confidence.tolist(), strict=True
        )
    }


def _sign(kind: Kind, text: str, value: str) -> Spans:
    start = text.encode().index(value.encode())
    return spans.spans(kind, [start], [start + len(value.encode())], Confidence.HIGH)


@pytest.mark.parametrize(
    ("written", "floor"),
    [(firms_texts.SWEDISH, 0.92), (firms_texts.DANISH, 0.90), (firms_texts.NORWEGIAN, 0.80)],
    ids=["Swedish", "Danish", "Norwegian"],
)
def test_names_in_letters_mails_and_lists_are_told(written: str, floor: float) -> None:
    assert f1_of_words(written.split("---\n")) >= floor


def test_a_name_alone_is_low() -> None:
    assert _names("Igår pratade vi länge med Bengt Öhrnellqvist om saken.") == {
        "Bengt Öhrnellqvist": Confidence.LOW
    }


def test_a_known_first_name_and_a_known_last_name_are_medium() -> None:
    assert _names("Igår pratade vi länge med Anna Svensson om saken.") == {"Anna Svensson": Confidence.MEDIUM}


def test_a_name_beside_another_sign_of_a_person_is_high() -> None:
    text = "Anna Svensson, 811228-9874, ringde."
    assert _names(text, _sign(Kind.SE_PERSONNUMMER, text, "811228-9874")) == {
        "Anna Svensson": Confidence.HIGH
    }


def test_a_name_more_than_200_bytes_from_another_sign_is_as_sure_as_alone() -> None:
    near, far = (f"Anna Svensson ringde.{' ' * gap}811228-9874" for gap in (190, 200))
    assert list(_names(near, _sign(Kind.SE_PERSONNUMMER, near, "811228-9874")).values()) == [Confidence.HIGH]
    assert list(_names(far, _sign(Kind.SE_PERSONNUMMER, far, "811228-9874")).values()) == [Confidence.MEDIUM]


def test_a_number_of_a_firm_makes_a_name_no_surer() -> None:
    text = "Anna Svensson, Kvarnby Plåt, 556036-0793"
    assert _names(text, _sign(Kind.SE_ORGNR, text, "556036-0793"))["Anna Svensson"] == Confidence.MEDIUM


def test_a_text_without_names_is_asked_about_nowhere() -> None:
    counting = Counting()
    text = "Leveransen kom i tid. Pumpen byttes, och filtret rengjordes. Nästa service sker i maj.\n" * 200
    assert not len(persons_in(Text(text.encode()), asked=counting))
    assert counting.asked == []


def test_only_what_lies_around_a_name_is_asked_about() -> None:
    counting = Counting()
    plain = "Pumpen byttes, och filtret rengjordes. Nästa service sker senare.\n" * 200
    persons_in(Text(f"{plain}Anna Berg ringde.\n{plain}".encode()), asked=counting)
    assert any("Anna Berg" in sentence for sentence in counting.asked)
    assert len(counting.asked) < 60


def test_another_sign_of_a_person_makes_its_surroundings_worth_asking_about() -> None:
    counting = Counting()
    text = "Zdrava Xhelili-Qorri nås på 811228-9874."
    persons_in(Text(text.encode()), asked=counting)
    assert counting.asked == []
    persons_in(Text(text.encode()), _sign(Kind.SE_PERSONNUMMER, text, "811228-9874"), asked=counting)
    assert counting.asked == [text[:-1] + " ."]


def test_a_title_in_small_letters_makes_its_surroundings_worth_asking_about() -> None:
    counting = Counting()
    persons_in(Text("Igår ringde dr Klockhoffsky om saken.".encode()), asked=counting)
    assert len(counting.asked) == 1


def test_english_is_left_to_the_lists() -> None:
    counting = Counting()
    text = (
        "This is the manual of the Widget Manager, and it was written with care to help Anna Berg of the Press Team. "
        "The Windows Service is started with the Control Panel of the Server, and stopped by the Task Manager. "
    )
    found = persons_in(Text(text.encode()), asked=counting)
    assert [text[start:end] for start, end in zip(found.start, found.end, strict=True)] == ["Anna Berg"]
    assert counting.asked == []


def test_a_long_list_is_left_to_the_lists() -> None:
    counting = Counting()
    row = "Anna Berg;Storgatan 3;Umeå\nÅsa Xhelili;Hamngatan 9;Luleå\nKvarnby Plåt;Skolgatan 2;Kiruna\n"
    content = (row * 300).encode()
    found = persons_in(Text(content), asked=counting)
    names = {content[start:end].decode() for start, end in zip(found.start, found.end, strict=True)}
    assert (names, len(found)) == ({"Anna Berg", "Åsa Xhelili"}, 600)
    assert counting.asked == []


def test_a_table_is_left_to_the_lists() -> None:
    counting = Counting()
    content = "Kund;Ort;Sort\nAnna Berg;Umeå;Privatkund\nXhelili;Luleå;Företagskund\n".encode()
    found = persons_in(Text(content), asked=counting)
    assert [content[start:end] for start, end in zip(found.start, found.end, strict=True)] == [b"Anna Berg"]
    assert counting.asked == []


def test_lists_tell_last_name_first_and_middle_initials() -> None:
    text = "Svensson, Anna\nBo K. Qwertz\nAnna-Karin Maria Svensson Ek\n"
    assert _names(text, by_lists_only=True) == {
        "Svensson, Anna": Confidence.MEDIUM,
        "Bo K. Qwertz": Confidence.LOW,
        "Anna-Karin Maria Svensson": Confidence.MEDIUM,
    }


def test_a_last_name_told_with_its_first_name_is_told_alone_far_from_it() -> None:
    plain = "pumpen byttes och filtret rengjordes i källaren av någon. " * 40
    text = f"Bengt Xhelöv ringde. {plain}\n\nSedan sade Xhelöv att det räcker.\n\n{plain}"
    content = text.encode()
    found = persons_in(Text(content))
    assert [content[start:end].decode() for start, end in zip(found.start, found.end, strict=True)] == [
        "Bengt Xhelöv",
        "Xhelöv",
    ]


def test_places_are_counted_in_bytes_where_some_are_no_utf_8() -> None:
    content = (
        "Härmed intygas att Åsa Öberg ".encode()
        + b"\xff\xfe \xe5\xe4 "
        + "och Anna Svensson är här.".encode()
    )
    found = persons_in(Text(content))
    names = [content[start:end].decode() for start, end in zip(found.start, found.end, strict=True)]
    assert names == ["Åsa Öberg", "Anna Svensson"]


def test_numbers_of_accounts_are_no_names() -> None:
    assert "SE4550000000058398257466" not in _names(
        "Anna Svensson betalar till SE4550000000058398257466 på fredag."
    )


def test_an_empty_text_holds_no_names() -> None:
    assert _names("") == {}
