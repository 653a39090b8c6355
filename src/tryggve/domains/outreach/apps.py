from tryggve.lib import plugin


class OutreachConfig(plugin.PluginConfig):
    name = "tryggve.domains.outreach"
    label = "outreach"
