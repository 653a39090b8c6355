from tryggve.lib import plugin


class AccountsConfig(plugin.PluginConfig):
    name = "tryggve.accounts"
    label = "accounts"
