from tryggve.accounts import permissions

permissions.declare("setup.home", "setup.change-mail", "setup.view-outbox", "setup.change-outbox")
permissions.declare("setup.keys", "setup.unlock")
