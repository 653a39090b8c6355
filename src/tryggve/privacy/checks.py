from collections.abc import Iterable, Iterator, Sequence

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import EmailField, Field, Model

from tryggve.privacy import registry

_OURS = "tryggve."


@register("privacy")
def personal_data_has_an_eraser_and_an_end(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Every model of ours with personal data is named by a holding, which has both."""
    return list(models_without_an_eraser(apps.get_models()))


@register("privacy")
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
                f"{model._meta.label} has personal data ({', '.join(fields)}), but no eraser and retention rule.",
                hint="Name it in a Holding in the personal_data.py of its app.",
                id="privacy.E001",
            )


def _is_personal(field: "Field[object, object]") -> bool:
    """What is sealed is sealed for being personal data; an e-mail address names somebody as it stands."""
    return field.name.endswith("_sealed") or isinstance(field, EmailField)


def _label_around(module: str) -> str | None:
    app = apps.get_containing_app_config(module)
    return app.label if app else None
