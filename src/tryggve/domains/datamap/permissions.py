from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

permissions.declare("datamap.view", area=Area.PROTECTION, level=Level.READ)
permissions.declare("datamap.change", area=Area.PROTECTION)
# Samples of what files hold, and whose it is.
permissions.declare("datamap.look-into-files", area=Area.PROTECTION, step_up=True)
# Whoever chooses what is looked through learns what lies there.
permissions.declare("datamap.add-source", area=Area.PROTECTION, step_up=True)
permissions.declare("datamap.delete-file", area=Area.PROTECTION, step_up=True)
