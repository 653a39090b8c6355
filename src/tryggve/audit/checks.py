import sys
from collections import defaultdict
from collections.abc import Sequence

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from tryggve.audit import registry


@register("audit")
def actions_stand_in_their_own_app(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Every action is a constant in the ``actions.py`` of the app that its code begins with."""
    homes = _homes_of_actions()
    return [
        Error(
            f"The action {code} must stand in actions.py of {action.domain}, and there alone"
            f" (found in: {', '.join(homes[code]) or 'none'}).",
            id="audit.E001",
        )
        for code, action in registry.actions().items()
        if homes[code] != [action.domain]
    ]


@register("audit")
def reactions_wait_for_declared_actions(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """A reaction to a misspelt code would never run."""
    return [
        Error(f"A reaction waits for {code}, which no app declares.", id="audit.E002")
        for code in sorted(registry.awaited_codes() - registry.actions().keys())
    ]


def _homes_of_actions() -> dict[str, list[str]]:
    homes: dict[str, list[str]] = defaultdict(list)
    for app in apps.get_app_configs():
        module = sys.modules.get(f"{app.name}.actions")
        for value in vars(module).values() if module else ():
            if isinstance(value, registry.Action):
                homes[value.code].append(app.label)
    return homes
