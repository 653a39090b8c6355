from tryggve.lib import plugin


class ControlsConfig(plugin.PluginConfig):
    name = "tryggve.controls"
    label = "controls"
