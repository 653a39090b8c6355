from tryggve.lib import plugin


class PlantedConfig(plugin.PluginConfig):
    name = "tryggve.controls.tests.planted"
    label = "planted"
