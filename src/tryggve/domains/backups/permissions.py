from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

permissions.declare("backups.view", area=Area.PROTECTION, level=Level.READ)
permissions.declare("backups.change", area=Area.PROTECTION)
# Whoever chooses where copies go could have them sent to a place of their own.
permissions.declare("backups.add-place", area=Area.PROTECTION, step_up=True)
# What comes back is a file of the firm's as it once was, also one that was taken away since.
permissions.declare("backups.restore-file", area=Area.PROTECTION, step_up=True)
# The keys go from the place that is taken away: whoever did it to all of them would leave copies that nobody reads.
permissions.declare("backups.remove-place", area=Area.PROTECTION, step_up=True)
# What lies in it goes to every place for copies, and can be had from there.
permissions.declare("backups.add-folder", area=Area.PROTECTION, step_up=True)
# From then on older copies are let go of, which may be the last before somebody encrypted the files.
permissions.declare("backups.answer-signs", area=Area.PROTECTION, step_up=True)
