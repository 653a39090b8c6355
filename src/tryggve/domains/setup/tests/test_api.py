import pytest

from tryggve.domains.setup import api
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("country", ["SE", "DK", "NO", "FI"])
def test_country_is_the_firms(firm: Firm, country: str) -> None:
    Firm.objects.update(country=country)
    assert api.firm_country() == country


@pytest.mark.parametrize(("language", "country"), [("da_DK.UTF-8", "DK"), ("sv_SE.UTF-8", "SE"), ("C", "SE")])
def test_country_is_guessed_from_the_computer_before_there_is_a_firm(
    monkeypatch: pytest.MonkeyPatch, language: str, country: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    assert api.firm_country() == country
