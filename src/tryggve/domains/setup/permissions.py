from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

permissions.declare("setup.home", area=Area.OWN_SIGN_IN, level=Level.READ)
# The first start: where it goes on also before a second factor is set up, which is one of its steps.
permissions.declare("setup.welcome", area=Area.OWN_SIGN_IN, level=Level.READ, before_second_factor=True)
permissions.declare("setup.choose-language", area=Area.OWN_SIGN_IN)
permissions.declare("setup.change-firm", area=Area.SETTINGS)
permissions.declare("setup.put-off-kit", area=Area.KEYS)
permissions.declare("setup.put-off-website", area=Area.PROTECTION)
permissions.declare("setup.put-off-customers", area=Area.IMPORT)
permissions.declare("setup.change-mail", area=Area.SETTINGS)
permissions.declare("setup.view-outbox", area=Area.SETTINGS, level=Level.READ)
permissions.declare("setup.change-outbox", area=Area.SETTINGS)
permissions.declare("setup.view-keys", area=Area.KEYS, level=Level.READ)
permissions.declare("setup.keys", area=Area.KEYS, step_up=True)
permissions.declare("setup.lock", "setup.unlock", area=Area.KEYS)
