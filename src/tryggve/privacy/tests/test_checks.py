import pytest
from django.apps import apps
from django.core import checks as django_checks
from django.db import models
from django.test.utils import isolate_apps

from tryggve.privacy import checks, registry
from tryggve.privacy.tests.planted import Notes


def _planted(**fields: models.Field[object, object]) -> type[models.Model]:
    """A model of the register of customers with these fields."""
    inside = {"__module__": "tryggve.domains.customers.models", **fields}
    inside["Meta"] = type("Meta", (), {"app_label": "customers"})
    return type("Planted", (models.Model,), inside)


def _found(model: type[models.Model]) -> list[str | None]:
    return [error.id for error in checks.models_without_an_eraser([model])]


def test_house_is_sound_as_it_stands() -> None:
    assert [fault.msg for fault in django_checks.run_checks(tags=["privacy"])] == []


@pytest.mark.usefixtures("no_holdings")
def test_house_without_its_holdings_is_full_of_personal_data() -> None:
    named = {str(error.msg).split(" ")[0] for error in checks.models_without_an_eraser(apps.get_models())}
    assert {"accounts.User", "customers.Customer", "customers.Import"} - named == set()


@isolate_apps("tryggve.domains.customers")
@pytest.mark.parametrize(
    "fields",
    [{"note_sealed": models.BinaryField()}, {"letter_sealed": models.TextField()}, {"email": models.EmailField()}],
)  # fmt: skip
@pytest.mark.usefixtures("no_holdings")
def test_planted_model_with_personal_data_is_an_error_until_a_holding_names_it(
    fields: dict[str, models.Field[object, object]],
) -> None:
    model = _planted(**fields)
    assert _found(model) == ["privacy.E001"]

    registry.register(Notes().holding(models=frozenset({model})))
    assert _found(model) == []


@isolate_apps("tryggve.domains.customers")
@pytest.mark.usefixtures("no_holdings")
def test_planted_model_without_personal_data_is_no_error() -> None:
    assert _found(_planted(hash=models.BinaryField(), count=models.IntegerField())) == []


@isolate_apps("tryggve.domains.customers")
@pytest.mark.usefixtures("no_holdings")
def test_model_of_another_package_is_not_ours_to_erase_by_a_holding() -> None:
    model = _planted(email=models.EmailField())
    model.__module__ = "allauth.account.models"
    assert _found(model) == []


@pytest.mark.usefixtures("no_holdings")
def test_holding_written_in_another_app_is_an_error() -> None:
    registry.register(Notes().holding("privacy.notes"))
    registry.register(Notes().holding("customers.notes"))

    found = checks.holdings_begin_with_their_apps_label(None)
    assert [(error.id, "customers.notes" in error.msg) for error in found] == [("privacy.E002", True)]
