from tryggve.accounts import permissions

permissions.declare("access.change-checkpoint-places", "access.log")
