from tryggve.lib import plugin


class RightsConfig(plugin.PluginConfig):
    name = "tryggve.domains.rights"
    label = "rights"
