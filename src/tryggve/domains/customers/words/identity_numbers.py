"""What identity numbers are called, and what is wrong with one."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.engine.identity_numbers import Kind, Problem

KINDS: Mapping[Kind, StrOrPromise] = {
    "se_personal": _("Swedish personal number"),
    "se_coordination": _("Swedish coordination number"),
    "se_organisation": _("Swedish organisation number"),
    "dk_personal": _("Danish CPR number"),
    "dk_replacement": _("Danish replacement CPR number"),
    "dk_organisation": _("Danish CVR number"),
    "no_personal": _("Norwegian birth number"),
    "no_d": _("Norwegian D number"),
    "no_help": _("Norwegian help number"),
    "no_common_help": _("Norwegian common help number"),
    "no_organisation": _("Norwegian organisation number"),
    "fi_personal": _("Finnish personal identity code"),
    "fi_organisation": _("Finnish business id"),
}

WRONG: Mapping[Problem, StrOrPromise] = {
    "unknown": _(
        "This doesn't look like a Swedish, Danish, Norwegian or Finnish number. If it does to you, write its country"
        " before it: SE, DK, NO or FI."
    ),
    "no_such_date": _("There is no such date of birth. Look at the first six or eight digits once more."),
    "control": _(
        "A digit is wrong: the control digit doesn't fit. If it is a number of another country, write that before it:"
        " SE, DK, NO or FI."
    ),
    "temporary": _(
        "This is a number for the time being, such as hospitals and schools give. It can't be checked, so it isn't kept"
        " as an identity number."
    ),
    "no_century": _(
        "The sign between the date and the rest is missing. It tells the century: a hyphen, or a letter such as A."
    ),
}
