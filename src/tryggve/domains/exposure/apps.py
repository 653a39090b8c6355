from tryggve.lib import plugin


class ExposureConfig(plugin.PluginConfig):
    name = "tryggve.domains.exposure"
    label = "exposure"
