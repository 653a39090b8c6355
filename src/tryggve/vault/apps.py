from tryggve.lib import plugin


class VaultConfig(plugin.PluginConfig):
    name = "tryggve.vault"
    label = "vault"
