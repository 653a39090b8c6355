from tryggve.lib import plugin


class IncidentsConfig(plugin.PluginConfig):
    name = "tryggve.domains.incidents"
    label = "incidents"
