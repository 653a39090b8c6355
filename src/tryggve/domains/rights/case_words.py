"""Requests in words, for pages and commands."""

from collections.abc import Mapping

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from tryggve.domains.rights.engine.case_clock import Clock
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services.requests.case_answers import Outcome, Way
from tryggve.domains.rights.services.requests.cases import Identity

KINDS: Mapping[str, StrOrPromise] = {
    Case.Kind.ACCESS: gettext_lazy("See what we hold"),
    Case.Kind.PORTABILITY: gettext_lazy("Take the data elsewhere"),
    Case.Kind.RECTIFICATION: gettext_lazy("Have something corrected"),
    Case.Kind.ERASURE: gettext_lazy("Be erased"),
    Case.Kind.RESTRICTION: gettext_lazy("Kept but not used"),
    Case.Kind.OBJECTION: gettext_lazy("Stop something"),
    Case.Kind.DECISION: gettext_lazy("A person instead of a machine"),
}
ARTICLES: Mapping[str, str] = {
    Case.Kind.ACCESS: "GDPR art. 15",
    Case.Kind.RECTIFICATION: "GDPR art. 16",
    Case.Kind.ERASURE: "GDPR art. 17",
    Case.Kind.RESTRICTION: "GDPR art. 18",
    Case.Kind.PORTABILITY: "GDPR art. 20",
    Case.Kind.OBJECTION: "GDPR art. 21",
    Case.Kind.DECISION: "GDPR art. 22",
}
IDENTITIES: Mapping[str, StrOrPromise] = {
    Identity.KNOWN: gettext_lazy("We know the customer, and it was them"),
    Identity.CALLED_BACK: gettext_lazy("We called back on a number that we had already"),
    Identity.PORTAL: gettext_lazy("The customer came by a link that we sent"),
    Identity.DOCUMENT: gettext_lazy("We looked at a document (no copy is kept)"),
    Identity.REFUSED: gettext_lazy("We can't be sure who it is"),
}
OUTCOMES: Mapping[str, StrOrPromise] = {
    Outcome.GOES_ON: gettext_lazy("This is a question or a message; the answer follows"),
    Outcome.DONE: gettext_lazy("This is the answer: what was asked for is done"),
    Outcome.REFUSED: gettext_lazy("This is the answer: we can't do it"),
}
WAYS: Mapping[str, StrOrPromise] = {
    Way.MAIL: gettext_lazy("By e-mail, to the first address on the card"),
    Way.PAPER: gettext_lazy("On paper: print it, and post it or hand it over"),
}
STEPS: Mapping[str, StrOrPromise] = {
    "received": gettext_lazy("Received"),
    "identity": gettext_lazy("Made sure who asks"),
    "extended": gettext_lazy("Two months more; the customer was told why"),
    "written-goes-on": gettext_lazy("Wrote to the customer"),
    "written-done": gettext_lazy("Answered: done"),
    "written-refused": gettext_lazy("Answered: refused"),
    "taken-back": gettext_lazy("Taken back by the customer"),
    "restricted": gettext_lazy("The data is kept but not used any more"),
    "erasure-asked": gettext_lazy("The customer was put aside, to be erased"),
    "erased": gettext_lazy("The customer was erased"),
    "package-ordered": gettext_lazy("Had a package made"),
    "package-made": gettext_lazy("The package is ready"),
    "reminded-7": gettext_lazy("Tryggve reminded of it"),
    "reminded-2": gettext_lazy("Tryggve reminded of it"),
    "reminded-late": gettext_lazy("Tryggve reminded of it: late"),
}


def time_left(clock: Clock) -> str:
    """How long there is left, in words: «5 days left», «today is the last day», «2 days late»."""
    if clock.days_late:
        return ngettext("%(days)d day late", "%(days)d days late", clock.days_late) % {
            "days": clock.days_late
        }
    if clock.days_left == 0:
        return _("today is the last day")
    return ngettext("%(days)d day left", "%(days)d days left", clock.days_left) % {"days": clock.days_left}


def rule(case: Case) -> str:
    """By which day it must be answered and why, as a sentence."""
    told = {
        "received": formats.date_format(case.received_on, "DATE_FORMAT"),
        "due": formats.date_format(case.due_on, "DATE_FORMAT"),
    }
    if case.is_extended:
        return (
            _(
                "It came on %(received)s. With the two months that the customer was told of, the answer must be there "
                "by %(due)s."
            )
            % told
        )
    return (
        _(
            "It came on %(received)s. The law gives one month from that day, and where it ends on a weekend or a public"
            " holiday, until the next working day: the answer must be there by %(due)s."
        )
        % told
    )
