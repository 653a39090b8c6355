"""What to do now, by what happened: told to whoever has just told it."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.incidents.models import Report

_CALL = _("If it is urgent, call as well: a mail can lie unread.")

FIRST_STEPS: Mapping[str, Sequence[StrOrPromise]] = {
    Report.Kind.LINK: (
        _("Change that password now, from another computer or your phone, everywhere you use it."),
        _("Disconnect the computer from the net if a file was opened. Don't turn it off."),
        _CALL,
    ),
    Report.Kind.LOST: (
        _("Lock or wipe it from afar, if you can: «Find my iPhone», «Find My Device», or the like."),
        _("Change the passwords that it remembered, mail first."),
        _("Report a theft to the police, and a lost phone to the operator."),
    ),
    Report.Kind.WRONG_PERSON: (
        _("Ask the one who got it to delete it and to confirm that. Don't send it once more."),
        _("Write down what it was, and whom it was about."),
        _(
            "The company may have 72 hours to report it to the authority, counted from when it was told here. Whoever "
            "looks after security decides that."
        ),
    ),
    Report.Kind.FRAUD: (
        _("Answer nothing, press nothing, pay nothing."),
        _("Keep the mail or the number. If money has left, call the bank at once."),
        _CALL,
    ),
    Report.Kind.COMPUTER: (
        _("Pull out the network cable, or turn off Wi-Fi."),
        _("Leave the computer on, and write down what you see. A picture is good."),
        _CALL,
    ),
    Report.Kind.INTRUDER: (
        _("Don't touch more than you must: traces may be needed."),
        _("Write down what you saw, and when."),
        _("Call the security captain now. If somebody is in danger, call 112."),
    ),
    Report.Kind.GONE: (
        _("Don't try to repair it: that can make it worse."),
        _("Write down what you did last."),
        _CALL,
    ),
    Report.Kind.OTHER: (
        _("Write down what you saw, and when."),
        _CALL,
    ),
}
