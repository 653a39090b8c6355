"""The house itself, looked at on start: what the import rules can't see."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from tryggve.lib.plugin import PluginConfig

_OURS = "tryggve."
_DOMAINS = "tryggve.domains."


@register()
def every_room_loads_its_plugs(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Django falls back to a plain config when it finds two in a file, and then no plug file is loaded."""
    return plain_configs(apps.get_app_configs())


@register()
def no_foreign_key_joins_two_domains(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """A domain refers to another by id, so that each can be read, erased and removed by itself."""
    return list(crossing_keys(apps.get_models()))


def plain_configs(configs: Iterable[AppConfig]) -> list[CheckMessage]:
    return [
        Error(f"{config.name} is not a PluginConfig", id="tryggve.E001")
        for config in configs
        if config.name.startswith(_OURS) and not isinstance(config, PluginConfig)
    ]


def crossing_keys(models: Iterable[type[Model]]) -> Iterator[CheckMessage]:
    for model in models:
        for field in model._meta.get_fields():
            other = field.related_model if field.is_relation and field.concrete else None
            if isinstance(other, type) and _crosses(_domain(model), _domain(other)):
                yield Error(f"{model._meta.label}.{field.name} points into another domain", id="tryggve.E010")


def _domain(model: type[Model]) -> str:
    """The domain a model lives in; empty in the kernel and in other packages."""
    module = model.__module__
    return module.removeprefix(_DOMAINS).split(".")[0] if module.startswith(_DOMAINS) else ""


def _crosses(here: str, there: str) -> bool:
    return bool(here and there) and here != there
