from tryggve.lib import plugin


class CustomersConfig(plugin.PluginConfig):
    name = "tryggve.domains.customers"
    label = "customers"
