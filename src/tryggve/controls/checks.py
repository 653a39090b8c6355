from collections.abc import Sequence

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from tryggve.controls import catalogue, registry

_PLUG = "controls"


@register("controls")
def measured_controls_are_in_the_catalogue(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """What is measured has words that say what it is and what the measurement shows."""
    known = {one.id for one in catalogue.controls()}
    return [
        Error(f"{id} is measured, but isn't in the catalogue.", id="controls.E001")
        for id in registry.measures()
        if id not in known
    ]


@register("controls")
def measures_stand_in_their_domains_controls(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Who looks for how a control is measured finds it in ``controls.py``, or the package of that name."""
    return [
        Error(
            f"{id} is measured in {measure.work.__module__}, not in its app's controls.py.",
            id="controls.E002",
        )
        for id, measure in registry.measures().items()
        if not _stands_in_plug(measure.work.__module__)
    ]


def _stands_in_plug(module: str) -> bool:
    app = apps.get_containing_app_config(module)
    return app is not None and module[len(app.name) :].split(".")[1:2] == [_PLUG]
