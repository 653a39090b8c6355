from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

OWNER_LINK_MADE = declare("setup.owner-link-made", _("A link for the first owner was made"))
FIRM_CLAIMED = declare("setup.firm-claimed", _("The first owner took over the installation"))
FIRM_CHANGED = declare(
    "setup.firm-changed", _("What the company is called or where it is was changed"), fields=list[str]
)
LANGUAGE_CHOSEN = declare("setup.language-chosen", _("Somebody chose a language"), language=str)
STEP_PUT_OFF = declare("setup.step-put-off", _("A step of the first start was put off"), step=str)
STARTED = declare("setup.started", _("Tryggve was started"), version=str)
MAIL_SERVER_CHANGED = declare(
    "setup.mail-server-changed", _("The settings for mail were changed"), fields=list[str]
)
TEST_MAIL_SENT = declare("setup.test-mail-sent", _("A test mail was tried"), outcome=str)
MESSAGE_DISCARDED = declare(
    "setup.message-discarded", _("A message that hadn't left was thrown away"), message=str, kind=str
)
REGISTER_LOCKED = declare("setup.register-locked", _("The register was locked"))
REGISTER_UNLOCKED = declare("setup.register-unlocked", _("The register was unlocked"), method=str)
UNLOCK_FAILED = declare(
    "setup.unlock-failed", _("Somebody tried in vain to unlock the register"), method=str, reason=str
)
PASSPHRASE_ADDED = declare(
    "setup.passphrase-added", _("A passphrase was chosen that opens the register"), replaced=bool
)
UNLOCKER_ADDED = declare(
    "setup.unlocker-added", _("Something that opens the register by itself was added"), kind=str
)
UNLOCKER_REMOVED = declare(
    "setup.unlocker-removed", _("Something that opened the register was taken away"), kind=str
)
KEY_FILE_RENEWED = declare("setup.key-file-renewed", _("A new key file was made"))
KEY_ROTATED = declare("setup.key-rotated", _("The register's key was replaced"), generation=int)
KIT_MADE = declare("setup.kit-made", _("A recovery kit was made"), number=int)
KIT_PAGE_OPENED = declare(
    "setup.kit-page-opened", _("A page of a new recovery kit was opened to be printed"), number=int, share=int
)
KIT_TESTED = declare("setup.kit-tested", _("A recovery kit was tried and counts"), number=int)
TAKEN_OVER = declare(
    "setup.taken-over", _("The register was taken over, from another computer or data folder")
)
