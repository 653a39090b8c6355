"""What argparse says about a command line, for our translations: it takes its words from gettext's own domain."""

import gettext

from django.utils.translation import gettext_noop as _

from tryggve.lib.language import BUILT_LOCALE

WORDS = (
    _("usage: "),
    _("positional arguments"),
    _("options"),
    _("show this help message and exit"),
    _("expected one argument"),
    _("ignored explicit argument %r"),
    _("unrecognized arguments: %s"),
    _("the following arguments are required: %s"),
    _("argument %(argument_name)s: %(message)s"),
    _("invalid %(type)s value: %(value)r"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
)


def translate() -> None:
    """From now on argparse speaks the language of the environment."""
    gettext.bindtextdomain("django", str(BUILT_LOCALE))
    gettext.textdomain("django")
