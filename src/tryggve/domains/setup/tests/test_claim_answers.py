"""The six answers of a new owner: what isn't taken is told beside its question."""

import pytest

from tryggve.domains.setup.forms import claim as forms
from tryggve.domains.setup.tests.newcomer import ANSWERS

pytestmark = pytest.mark.django_db  # the password is held against what stands there


def _errors(**changed: str) -> dict[str, list[str]]:
    form = forms.Claim(ANSWERS | changed)
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def _password(text: str) -> dict[str, list[str]]:
    return _errors(password=text, password_again=text)


def test_good_answers_are_taken() -> None:
    assert _errors() == {}


def test_details_are_what_the_service_wants() -> None:
    form = forms.Claim(ANSWERS)
    assert form.is_valid()
    assert form.details() == {name: value for name, value in ANSWERS.items() if name != "password_again"}


@pytest.mark.parametrize("question", sorted(ANSWERS))
def test_every_question_wants_an_answer(question: str) -> None:
    assert question in _errors(**{question: ""})


def test_passwords_that_differ_are_told() -> None:
    assert _errors(password_again="fyra glada sälar dansar.") == {
        "password_again": ["The two passwords differ. Type the same one twice."]
    }


def test_spaces_at_the_ends_of_a_password_count() -> None:
    assert _errors(password=" kvist moln tröskel gaffel ", password_again="kvist moln tröskel gaffel") != {}
    form = forms.Claim(
        ANSWERS | {"password": " kvist moln tröskel gaffel ", "password_again": " kvist moln tröskel gaffel "}
    )
    assert form.is_valid()
    assert form.details()["password"] == " kvist moln tröskel gaffel "


@pytest.mark.parametrize("short", ["åtta hästar", "elva tecken"])
def test_short_password_is_refused_in_words(short: str) -> None:
    (told,) = _password(short)["password"]
    assert told == "This password is too short. It must contain at least 12 characters."


def test_common_password_is_refused_in_words() -> None:
    (told,) = _password("Qwertyuiop123")["password"]
    assert told.startswith("This password is on the lists that guessing programs use")


@pytest.mark.parametrize("pattern", ["passwordpassword", "123456789012", "abababababab", "abcdefghijkl"])
def test_password_that_is_a_pattern_is_refused_in_words(pattern: str) -> None:
    (told,) = _password(pattern)["password"]
    assert told.startswith("This password follows a pattern that is easily guessed.")


@pytest.mark.parametrize(
    ("name", "email", "password"),
    [
        ("Wilhelmina Ek", "a@b.example", "wilhelmina-ek"),
        ("Anna Ek", "wilhelmina.ek@firm.example", "wilhelmina.ek"),
        ("Anna Ek", "anna@wilhelminas.example", "wilhelminas.example"),
    ],
)
def test_password_like_name_or_address_is_refused_in_words(name: str, email: str, password: str) -> None:
    errors = _errors(owner_name=name, email=email, password=password, password_again=password)
    (told,) = errors["password"]
    assert told.startswith("This password holds your name, your address or the company's name")


def test_password_is_shown_in_no_page_again() -> None:
    form = forms.Claim(ANSWERS | {"email": "no address"})
    assert ANSWERS["password"] not in form.as_p()


@pytest.mark.parametrize("email", ["anna", "anna@", "a@b", "anna@example.se\n", "\x00@example.se"])
def test_address_that_is_none_is_refused(email: str) -> None:
    assert list(_errors(email=email)) == (["email"] if email != "anna@example.se\n" else [])


def test_country_is_one_of_the_north() -> None:
    assert list(_errors(country="DE")) == ["country"]
    assert [_errors(country=code) for code in ("SE", "DK", "NO", "FI")] == [{}] * 4


def test_names_may_be_as_people_are_called() -> None:
    for name in ("Ö", "O'Neill <b>", "山田", "x" * 150):
        assert _errors(owner_name=name, firm_name=name) == {}
    assert list(_errors(owner_name="x" * 151)) == ["owner_name"]
