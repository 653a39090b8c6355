from tryggve.lib import plugin


class AccessConfig(plugin.PluginConfig):
    name = "tryggve.domains.access"
    label = "access"
