from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

# Whoever works here may tell that something happened.
permissions.declare("incidents.report", area=Area.OWN_SIGN_IN)
# What was told, and what was done about it.
permissions.declare("incidents.view", area=Area.EVENTS, level=Level.READ)
permissions.declare("incidents.change", area=Area.EVENTS)
