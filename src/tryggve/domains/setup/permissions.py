from tryggve.accounts import permissions

permissions.declare("setup.home")
