from tryggve.lib import plugin


class RoutinesConfig(plugin.PluginConfig):
    name = "tryggve.routines"
    label = "routines"
