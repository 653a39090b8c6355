from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

permissions.declare("exposure.view", area=Area.PROTECTION, level=Level.READ)
permissions.declare("exposure.change", area=Area.PROTECTION)
