from tryggve.lib import plugin


class SetupConfig(plugin.PluginConfig):
    name = "tryggve.domains.setup"
    label = "setup"
