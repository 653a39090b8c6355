from tryggve.lib import plugin


class NoticesConfig(plugin.PluginConfig):
    name = "tryggve.notices"
    label = "notices"
