"""What the validator refuses, in which words, and what passes."""

import gzip
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from tryggve.accounts.models import User
from tryggve.accounts.passwords import names, validator

BO = User(name="Bo Ödegård", email="bosse.o@lindqvisttak.example")
FOUR_WORDS = "Take four words that don't belong together, with spaces between."


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but this company has told its name."""
    monkeypatch.setattr(names, "_sources", [])
    names.close_by(lambda: ["Xylofonverket i Ånge AB"])


def _told(password: str, user: User | None = None) -> tuple[str | None, str]:
    with pytest.raises(ValidationError) as refused:
        validator.HardToGuess(min_length=12).validate(password, user)
    return refused.value.code, str(refused.value.message)


def _passes(password: str, user: User | None = None) -> bool:
    validator.HardToGuess(min_length=12).validate(password, user)
    return True


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    "password",
    ["Sommaren2026!", "hejhej123456", "fotboll12345", "jagälskardig", "jegelskerdig", "qwertyuiopå12", "asdfghjklæø1",
     "Sommerferie2026", "password1234", "P@ssw0rd2026!", "L0s3n0rd12345", "lösenord12345", "Adgangskode123",
     "Djurgården1891", "Brøndby1964!!", "Malmö-Göteborg-7", "1981 Göta kanal", "annaerik850412", "19850412-1234",
     "Velkommen2026", "november-2025", "1qaz2wsx3edc4rfv", "polniypizdec0211", "correct horse battery staple",
     "CorrectHorseBatteryStaple", "kaffe öl 123456", "sommar-sommar-sommar", "Midsommarafton24",
     "ｓｏｍｍａｒｅｎ２０２６", "sommaren" + "\u00a0" + "2026"],
)  # fmt: skip
def test_password_that_is_tried_early_is_refused(password: str) -> None:
    code, message = _told(password)
    assert code == "password_guessed"
    assert message.startswith("This password is on the lists that guessing programs use")
    assert message.endswith(FOUR_WORDS)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    "password",
    ["Tryggve-2026!", "tryggvetryggve!", "7ryggv3123456", "Xylofonverket1", "XYLOFONVERKET ånge", "xyl0f0nv3rk37!",
     "xylofonverketiange", "Ödegård1234567", "0d3gard-2026-bo", "lindqvisttak2026", "bosse.o@lindqvisttak.example"],
)  # fmt: skip
def test_name_of_person_company_or_product_is_refused(password: str) -> None:
    code, message = _told(password, BO)
    assert code == "password_close_by"
    assert message.endswith(FOUR_WORDS)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("password", ["Lindqvisttakläggare rött", "zyxofonqvurk odegarden"])
def test_name_of_somebody_else_counts_as_any_other_word(password: str) -> None:
    assert _passes(password)


@pytest.mark.usefixtures("company")
def test_names_are_folded_and_too_short_ones_left_out() -> None:
    own = {"odegard", "bosse", "lindqvisttak", "example"}
    assert names.words_close_by(BO) == own | {"tryggve", "xylofonverket", "ange"}
    assert names.words_close_by(None) == {"tryggve", "xylofonverket", "ange"}


@pytest.mark.usefixtures("company")
def test_name_beside_four_words_is_no_harm() -> None:
    assert _passes("Ödegård fyra glada sälar dansar", BO)


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaa", "112112112112112", "19811218987698", "sommarSommar", "abcabcabcabc", "mnbvmnbvmnbv",
     "abcdefghijklm", "zyxwvutsrqpo", "aaaabbbbccccdddd", "٠١٢٣٤٥٦٧٨٩١٢"],
)  # fmt: skip
def test_pattern_is_refused(password: str) -> None:
    code, message = _told(password)
    assert code == "password_pattern"
    assert password not in message


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    "password",
    ["fyra glada sälar dansar", "fyragladasälardansar", "kaffe månsken trumpet igelkott", "blå-bil-två-ost",
     "rød cykel under sneen", "x7Kp2mQ9rT4z", "v#9Lq!tR2&xZ", "пять зелёных слонов"],
)  # fmt: skip
def test_four_words_or_chance_pass(password: str) -> None:
    assert _passes(password)


@pytest.mark.parametrize("short", ["", "sommar2026!", "aaaaaaaaaaa", "åtta hästar"])
def test_too_short_is_told_by_the_length_alone(short: str) -> None:
    assert _passes(short)


@pytest.mark.django_db
def test_very_long_password_is_judged_by_its_beginning() -> None:
    assert _told("sommar " * 1000 + "fyra glada sälar dansar")[0] == "password_guessed"


@pytest.mark.usefixtures("company")
def test_settings_refuse_with_one_sentence() -> None:
    for password in (
        "sommar2026!",
        "Sommaren2026!",
        "aaaaaaaaaaaa",
        "Ödegård1234567",
        "bosse.o@lindqvisttak.example",
    ):
        with pytest.raises(ValidationError) as refused:
            password_validation.validate_password(password, BO)
        assert len(refused.value.messages) == 1


def test_help_says_how_long_and_what_to_take() -> None:
    assert validator.HardToGuess(min_length=12).get_help_text().startswith("At least 12 characters.")


@pytest.mark.usefixtures("company")
def test_all_long_ones_of_djangos_list_are_refused() -> None:
    listed = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    long = [line for line in gzip.decompress(listed.read_bytes()).decode().split("\n") if len(line) >= 12]
    assert len(long) > 100
    assert [password for password in long if not _is_refused(password)] == []


def _is_refused(password: str) -> bool:
    try:
        return not _passes(password)
    except ValidationError:
        return True
