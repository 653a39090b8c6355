from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

CHECKPOINT = declare(
    "access.checkpoint",
    _("Proof that the log is whole"),
    subject=_("Keep this mail: proof of Tryggve's log, %(day)s"),
    template="access/notices/checkpoint.txt",
)
INVITATION = declare(
    "access.invitation",
    _("Invitation"),
    subject=_("Your account at %(firm)s"),
    template="access/notices/invitation.txt",
    lets_in=True,
)
PASSWORD_ASKED_FOR = declare(
    "access.password-asked-for",
    _("Another password was asked for"),
    subject=_("Choose another password for Tryggve"),
    template="access/notices/password_asked_for.txt",
)
NEW_DEVICE = declare(
    "access.new-device",
    _("Signed in on a new device"),
    subject=_("Somebody signed in as you on a new device"),
    template="access/notices/new_device.txt",
)
NEW_PLACE = declare(
    "access.new-place",
    _("Signed in from a new country"),
    subject=_("Somebody signed in as you from elsewhere"),
    template="access/notices/new_place.txt",
)
IDENTITY_LINKED = declare(
    "access.identity-linked",
    _("Another company's sign-in was linked"),
    subject=_("There is a new way to sign in as you"),
    template="access/notices/identity_linked.txt",
)
