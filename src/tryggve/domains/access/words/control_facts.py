"""What the facts of entries about protections are called, and the words for their values."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.controls import catalogue
from tryggve.controls.causes import CAUSES

FACTS: Mapping[str, StrOrPromise] = {
    "attestation": _("word given"),
    "cause": _("why it is unknown"),
    "control": _("protection"),
    "controls": _("protections"),
    "evidence": _("fingerprint of what was found"),
    "exemption": _("reason given"),
    "facts": _("facts found"),
    "reader": _("for whom"),
    "size": _("counted by"),
    "verdict": _("what was found"),
    "with_names": _("with names"),
}

VALUES: Mapping[tuple[str, str], StrOrPromise] = {
    **{("control", one.id.lower()): one.id for one in catalogue.controls()},
    ("verdict", "proved"): pgettext_lazy("protection", "proven by test"),
    ("verdict", "observed"): pgettext_lazy("protection", "proven"),
    ("verdict", "failing"): pgettext_lazy("protection", "failing"),
    ("verdict", "unknown"): pgettext_lazy("protection", "unknown"),
    **{("cause", code): words for code, words in CAUSES.items()},
    ("cause", "none"): "–",
    ("size", "hour"): _("the first hour"),
    ("size", "month"): _("the first month"),
    ("size", "larger"): _("all of it"),
    ("size", "by-people"): _("how many work here"),
    ("reader", "own"): _("the company itself"),
    ("reader", "customer"): _("A customer"),
    ("reader", "insurer"): _("An insurance company"),
    ("reader", "authority"): _("An authority"),
}
