from tryggve.lib import plugin


class BackupsConfig(plugin.PluginConfig):
    name = "tryggve.domains.backups"
    label = "backups"
