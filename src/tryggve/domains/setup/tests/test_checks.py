from django.apps import AppConfig, apps
from django.db import models
from django.test.utils import isolate_apps

import tryggve.domains.setup
from tryggve.domains.setup import checks
from tryggve.domains.setup.models import Firm


def test_house_is_sound_as_it_stands() -> None:
    assert checks.plain_configs(apps.get_app_configs()) == []
    assert list(checks.crossing_keys(apps.get_models())) == []


def test_plain_config_in_a_room_of_ours_is_an_error() -> None:
    planted = AppConfig("tryggve.planted", tryggve.domains.setup)

    assert [error.id for error in checks.plain_configs([planted])] == ["tryggve.E001"]


@isolate_apps("tryggve.domains.customers")
def test_foreign_key_into_another_domain_is_an_error() -> None:
    class Order(models.Model):
        firm = models.ForeignKey(Firm, on_delete=models.CASCADE)

        class Meta:
            app_label = "customers"

    Order.__module__ = "tryggve.domains.customers.models"

    assert [error.id for error in checks.crossing_keys([Order])] == ["tryggve.E010"]
