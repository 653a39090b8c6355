from tryggve.lib import plugin


class ProtectionConfig(plugin.PluginConfig):
    name = "tryggve.domains.protection"
    label = "protection"
