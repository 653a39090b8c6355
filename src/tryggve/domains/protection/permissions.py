from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

# The first page, for everybody who works here; what it shows each of them depends on what else they may see.
permissions.declare("protection.today", area=Area.OWN_SIGN_IN, level=Level.READ)
# How the company is protected, and what proves it; and to have it measured, vouch for it, say that it doesn't apply.
permissions.declare("protection.view", area=Area.PROTECTION, level=Level.READ)
permissions.declare("protection.change", area=Area.PROTECTION)
# Who vouched for it, with notes and files, which tell of people, too.
permissions.declare("protection.see-who", area=Area.PEOPLE, level=Level.READ)
# What is due and when; to do it, and to say who does what.
permissions.declare("protection.routines", area=Area.ROUTINES, level=Level.READ)
permissions.declare("protection.do-routines", area=Area.ROUTINES)
permissions.declare("protection.change-routines", area=Area.PROTECTION)
# The report for a customer, an insurer or an authority.
permissions.declare("protection.report", area=Area.PROTECTION, level=Level.READ)
permissions.declare("protection.make-report", area=Area.PROTECTION)
