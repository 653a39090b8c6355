from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions, tokens
from tryggve.accounts.roles import Area, Level

permissions.declare("access.change-checkpoint-places", area=Area.SETTINGS)
permissions.declare("access.change-provider", area=Area.WAYS_IN, step_up=True)
permissions.declare("access.log", area=Area.LOG, level=Level.READ)
permissions.declare("access.export-log", area=Area.LOG, level=Level.READ, step_up=True)
# One's own sign-in: everybody's, and the first three also before a second factor is set up.
permissions.declare("access.set-up-factor", area=Area.OWN_SIGN_IN, before_second_factor=True)
permissions.declare("access.confirm", area=Area.OWN_SIGN_IN, before_second_factor=True)
permissions.declare("access.own-sign-in", area=Area.OWN_SIGN_IN, level=Level.READ)
permissions.declare("access.change-own-sign-in", area=Area.OWN_SIGN_IN, step_up=True)
permissions.declare("access.see-people", area=Area.PEOPLE, level=Level.READ)
permissions.declare("access.change-people", area=Area.PEOPLE, step_up=True)
permissions.declare("access.review-access", area=Area.PEOPLE)
permissions.declare("access.change-networks", area=Area.SETTINGS, step_up=True)
permissions.declare("access.change-tokens", area=Area.OWN_SIGN_IN, step_up=True)
permissions.declare("access.end-tokens", area=Area.OWN_SIGN_IN)
permissions.declare("access.api-log", area=Area.LOG, level=Level.READ)
tokens.scope("access.api-log", _("The log: who did what and when, without what entries say in words"))
