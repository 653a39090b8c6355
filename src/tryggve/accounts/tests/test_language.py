import pytest
from django.test import Client

from tryggve.accounts import services
from tryggve.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted_pages")]


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_pages_speak_the_language_of_who_signed_in(anna: User, as_anna: Client, language: str) -> None:
    """Whatever the browser asks for."""
    services.set_language(user=anna, language=language)
    answer = as_anna.get("/staff/", headers={"accept-language": "da" if language == "sv" else "sv"})
    assert (answer.content.decode(), answer["Content-Language"]) == (language, language)


def test_language_of_a_person_is_remembered(anna: User) -> None:
    services.set_language(user=anna, language="da")
    assert User.objects.get(pk=anna.pk).language == "da"


@pytest.mark.parametrize(
    ("asked", "language"), [("sv", "sv"), ("da,sv;q=0.5", "da"), ("de", "en"), ("", "en")]
)
def test_others_get_the_language_of_their_browser(as_mallory: Client, asked: str, language: str) -> None:
    answer = as_mallory.get("/open/", headers={"accept-language": asked})
    assert answer.content.decode() == language
