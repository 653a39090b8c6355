from tryggve.accounts import permissions

permissions.declare("customers.view", "customers.change", "customers.delete", "customers.import")
