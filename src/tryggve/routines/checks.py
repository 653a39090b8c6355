from collections.abc import Sequence

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from tryggve.routines import registry


@register("routines")
def routines_begin_with_their_apps_label(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Who reads a code knows where its work is written."""
    return [
        Error(
            f"The routine {code} must be written in {routine.domain}, not in {routine.work.__module__}.",
            id="routines.E001",
        )
        for code, routine in registry.routines().items()
        if _label_around(routine.work.__module__) != routine.domain
    ]


def _label_around(module: str) -> str | None:
    app = apps.get_containing_app_config(module)
    return app.label if app else None
