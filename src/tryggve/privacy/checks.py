from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register, run_checks
from django.db.models import EmailField, Field, Model
from django.utils.translation import gettext_lazy as _

from tryggve.lib.errors import Refusal
from tryggve.privacy import registry

_OURS = "tryggve."
_TAG = "privacy"
_WHOSE = "customer_ref"


class NotWhole(Refusal):
    """The program keeps something about people that it could neither hand out nor erase."""

    sentence: ClassVar = _(
        "This version of Tryggve isn't whole: it would keep data about people that it can't hand out or erase. Nothing "
        "was started or changed. Install it anew, and tell those who make it: %(faults)s"
    )


def require_whole() -> None:
    """Before anything is made or served. Raises NotWhole."""
    if faults := [fault.msg for fault in run_checks(tags=[_TAG])]:
        raise NotWhole(faults=" ".join(faults))


@register(_TAG)
def personal_data_has_an_eraser_and_an_end(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Every model of ours with personal data is named by a holding, which has both."""
    return list(models_without_an_eraser(apps.get_models()))


@register(_TAG)
def holdings_begin_with_their_apps_label(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Who reads a code knows where its eraser is written."""
    return [
        Error(
            f"The holding {holding.code} must be written in {holding.domain}, not in {holding.export.__module__}.",
            id="privacy.E002",
        )
        for holding in registry.holdings()
        if _label_around(holding.export.__module__) != holding.domain
    ]


def models_without_an_eraser(models: Iterable[type[Model]]) -> Iterator[CheckMessage]:
    covered = {model for holding in registry.holdings() for model in holding.models}
    for model in models:
        fields = [field.name for field in model._meta.fields if _is_personal(field)]
        if fields and model not in covered and model.__module__.startswith(_OURS):
            yield Error(
                f"{model._meta.label} has personal data ({', '.join(fields)}), "
                "but no exporter, eraser and retention rule.",
                hint="Name it in a Holding in the personal_data.py of its app.",
                id="privacy.E001",
            )


def _is_personal(field: "Field[object, object]") -> bool:
    """Sealed for being personal data, an e-mail address, which names somebody as it stands, or told of a customer."""
    return field.name.endswith("_sealed") or field.name == _WHOSE or isinstance(field, EmailField)


def _label_around(module: str) -> str | None:
    app = apps.get_containing_app_config(module)
    return app.label if app else None
