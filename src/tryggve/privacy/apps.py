from tryggve.lib import plugin


class PrivacyConfig(plugin.PluginConfig):
    name = "tryggve.privacy"
    label = "privacy"
