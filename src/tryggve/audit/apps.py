from django.db.models.signals import post_migrate

from tryggve.audit import triggers
from tryggve.lib import plugin


class AuditConfig(plugin.PluginConfig):
    name = "tryggve.audit"
    label = "audit"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(triggers.put_back, sender=self)
