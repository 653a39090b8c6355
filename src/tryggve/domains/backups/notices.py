from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

SIGNS = declare(
    "backups.signs",
    _("Word that a backup is unlike those before"),
    subject=_("Look at your files: a backup is unlike those before"),
    template="backups/notices/signs.txt",
)
SILENT = declare(
    "backups.silent",
    _("Word that no backup was taken"),
    subject=_("No backup of Tryggve for a day and a half"),
    template="backups/notices/silent.txt",
)
DISK_AWAITED = declare(
    "backups.disk-awaited",
    _("Word that the disk for backups hasn't been here for long"),
    subject=_("Plug in the disk that your backups go to"),
    template="backups/notices/disk_awaited.txt",
)
TEST_FAILED = declare(
    "backups.test-failed",
    _("Word that a backup couldn't be restored"),
    subject=_("A backup of Tryggve couldn't be restored"),
    template="backups/notices/test_failed.txt",
)
SHREDDING_FAILED = declare(
    "backups.shredding-failed",
    _("Word that somebody who was erased can still be read in a backup"),
    subject=_("Somebody who was erased can still be read in a backup"),
    template="backups/notices/shredding_failed.txt",
)
LOST_KEYS = declare(
    "backups.lost-keys",
    _("Word that keys are missing, without which customers can't be read"),
    subject=_("Keys are missing in Tryggve: customers can't be read"),
    template="backups/notices/lost_keys.txt",
)
TAKEN_OVER = declare(
    "backups.taken-over",
    _("Word that another computer has taken the register over"),
    subject=_("Two computers with the same Tryggve: stop one of them"),
    template="backups/notices/taken_over.txt",
)
