from tryggve.lib import plugin


class DutiesConfig(plugin.PluginConfig):
    name = "tryggve.routines.duties"
    label = "duties"
