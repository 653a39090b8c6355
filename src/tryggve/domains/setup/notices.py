from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

TEST_MAIL = declare(
    "setup.test-mail",
    _("Test mail"),
    subject=_("Test mail from %(firm)s"),
    template="setup/notices/test_mail.txt",
)
