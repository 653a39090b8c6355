from tryggve.lib import plugin


class UiConfig(plugin.PluginConfig):
    name = "tryggve.ui"
    label = "ui"
