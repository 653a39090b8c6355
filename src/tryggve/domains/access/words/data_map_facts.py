"""Labels and words for the facts of what is found in files, and done with them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

FACTS: Mapping[str, StrOrPromise] = {
    "copy": _("receipt"),
    "file": _("file"),
    "holding": _("with personal data"),
    "not_scanned": _("that nobody could look into"),
    "persons": _("persons at least"),
    "scan": _("time of looking through"),
    "source": _("place that is looked through"),
}

VALUES: Mapping[tuple[str, str], StrOrPromise] = {
    ("kind", "folder"): _("folder"),
    ("kind", "mailbox"): _("mailbox"),
    ("outcome", "done"): _("done"),
    ("outcome", "stopped"): _("stopped"),
    ("outcome", "failed"): _("failed"),
}
