from tryggve.lib import plugin


class DatamapConfig(plugin.PluginConfig):
    name = "tryggve.domains.datamap"
    label = "datamap"
