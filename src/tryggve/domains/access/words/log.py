"""What entries of the log say, in the words of who reads them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.accounts import handovers
from tryggve.audit import actors, registry
from tryggve.audit.details import Told
from tryggve.audit.verdict import Why
from tryggve.domains.access.words import of_mail
from tryggve.domains.access.words.facts import FACTS, VALUES

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SHORT = 12
# Facts that are a time, in seconds since 1970.
_MOMENTS = frozenset({"starts", "ends"})

_WRONG: Mapping[Why, StrOrPromise] = {
    "changed": gettext_lazy("an entry isn't what was logged"),
    "missing": gettext_lazy("an entry has been removed"),
    "moved": gettext_lazy("entries stand in another order"),
    "unreadable": gettext_lazy("a file of the log is missing or damaged"),
    "tile-changed": gettext_lazy("a file of the log was changed"),
    "checkpoint-forged": gettext_lazy("a checkpoint isn't signed by this installation"),
    "shorter-than-checkpoint": gettext_lazy("the log is shorter than a checkpoint says"),
    "not-the-tree-of-checkpoint": gettext_lazy("the log isn't the one that a checkpoint was signed for"),
    "epoch-broken": gettext_lazy("a part of the log doesn't fit the part before it"),
    "unsequenced": gettext_lazy("an old entry never got its place in the log"),
    "rolled-back": gettext_lazy("the database is an older copy"),
    "commitment-broken": gettext_lazy("what an entry says in words isn't what was logged"),
}
_STATES: Mapping[str, StrOrPromise] = {
    "erased": gettext_lazy("Erased with the person: the key was destroyed."),
    "locked": gettext_lazy("Can't be read while the register is locked."),
    "damaged": gettext_lazy("Damaged, or not what was logged: verify the log."),
}
_DETAILS: Mapping[str, StrOrPromise] = {
    "reason": gettext_lazy("Reason"),
    "address": gettext_lazy("Address of the computer"),
    "browser": gettext_lazy("Browser"),
}


def title_of(action: str) -> str:
    """What was done; the code itself when no domain knows it any more."""
    known = registry.actions().get(action)
    return str(known.title) if known else action


def who(actor: str, names: Mapping[str, str]) -> str:
    """Who did it, other than somebody who works here and has a name; ``names`` are those, by actor."""
    if actor in names:
        return names[actor]
    if actor == actors.SYSTEM:
        return _("the system")
    if actor == actors.ANONYMOUS:
        return _("somebody not signed in")
    kind, _colon, name = actor.partition(":")
    if kind == "machine":
        return _("a command on this computer (%(account)s)") % {"account": name}
    return _("somebody who has left")


def what_is_wrong(why: str) -> str:
    """One of the verdict's codes; itself when nobody knows it."""
    return next((str(words) for code, words in _WRONG.items() if code == why), why)


def facts(told: Mapping[str, Any], *, action: str = "") -> list[tuple[str, str]]:
    """Each fact as a label and a value; of some actions a code means something of its own."""
    return [
        (
            str(FACTS.get(name, name.replace("_", " "))),
            of_mail.value(action, name, told[name]) or _value(name, told[name]),
        )
        for name in told
    ]


def details(told: Told) -> list[tuple[str, str]]:
    """What an entry says in words, each with its label, or why it says nothing."""
    if told.state != "open":
        return [("", str(_STATES[told.state]))]
    return [(str(_DETAILS.get(name, name.replace("_", " "))), text) for name, text in told.words.items()]


def short(id: object) -> str:
    """The end of an id, which tells one from the other."""
    return str(id)[-_SHORT:]


def number(count: int) -> str:
    """With the thousands set apart."""
    return formats.number_format(count, use_l10n=True, force_grouping=True)


def moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and name in _MOMENTS:
        return moment(datetime.fromtimestamp(value, tz=UTC))
    if isinstance(value, int):
        return number(value)
    if isinstance(value, list):
        return ", ".join(_code(name, str(each)) for each in value)
    return _code(name, str(value))


def _code(name: str, code: str) -> str:
    if (name, code) in VALUES:
        return str(VALUES[name, code])
    if name in {"handed_over", "step"}:
        return _leaving(code)
    if name == "action":
        return title_of(code)
    if name == "why":
        return what_is_wrong(code)
    return f"…{short(code)}" if _UUID.fullmatch(code) or _HASH.fullmatch(code) else code


def _leaving(code: str) -> str:
    """What leaving did, or left to people, by its title."""
    known = handovers.handover(code) or handovers.reminder(code)
    return str(known.title) if known else code
