from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

PLUGS = (
    "checks",
    "permissions",
    "actions",
    "notices",
    "controls",
    "reactions",
    "routines",
    "gates",
    "handovers",
    "passwords",
    "personal_data",
    "findings",
    "demo",
    "menu",
    "verbs",
    "before_upgrade",
    "after_restore",
)


class PluginConfig(AppConfig):
    """Load an app's plug files at start, failing loudly on a broken one."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        module = self.module
        if module is None:  # pragma: no cover - Django's own type allows it, an installed app has one
            return
        for name in PLUGS:
            if module_has_submodule(module, name):
                import_module(f"{self.name}.{name}")
