"""What entries of the log say of one customer, in the words of the card."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.audit import actors, registry
from tryggve.domains.customers import actions

_DEEDS: Mapping[str, StrOrPromise] = {
    actions.ADDED.code: gettext_lazy("Added to the register"),
    actions.CHANGED.code: pgettext_lazy("history", "Changed"),
    actions.ASSIGNED.code: gettext_lazy("Chose who looks after the customer"),
    actions.VIEWED.code: gettext_lazy("Looked at the card"),
    actions.HISTORY_VIEWED.code: gettext_lazy("Looked at the history"),
    actions.NOTES_VIEWED.code: gettext_lazy("Looked at notes"),
    actions.NOTE_ADDED.code: gettext_lazy("Wrote a note"),
    actions.NOTE_CHANGED.code: gettext_lazy("Changed a note"),
    actions.NOTE_DELETED.code: gettext_lazy("Deleted a note"),
    actions.SENSITIVE_VIEWED.code: gettext_lazy("Opened sensitive details"),
    actions.SENSITIVE_CHANGED.code: gettext_lazy("Changed sensitive details"),
    actions.RELATED.code: gettext_lazy("Related the customer to another"),
    actions.UNRELATED.code: gettext_lazy("Removed a relation"),
}
_PAGES: Mapping[str, StrOrPromise] = {
    "edit": gettext_lazy("Opened the form to change it"),
    "delete": gettext_lazy("Opened the form to delete it"),
    "command": gettext_lazy("Looked at the card with a command"),
}
LOOKS = frozenset({actions.VIEWED.code, actions.HISTORY_VIEWED.code, actions.NOTES_VIEWED.code})

# What is told only to who may open sensitive details: that there are any is one.
OF_SENSITIVE = frozenset({actions.SENSITIVE_VIEWED.code, actions.SENSITIVE_CHANGED.code})

PARTS: Mapping[str, StrOrPromise] = {
    "kind": gettext_lazy("person or organisation"),
    "status": gettext_lazy("status"),
    "name": gettext_lazy("name"),
    "job_title": gettext_lazy("job title"),
    "organisation": gettext_lazy("organisation"),
    "emails": gettext_lazy("e-mail"),
    "phones": gettext_lazy("telephone"),
    "addresses": gettext_lazy("address"),
    "tags": gettext_lazy("tags"),
    "source": gettext_lazy("source"),
    "note": gettext_lazy("note"),
    "custom": gettext_lazy("fields of our own"),
    "number_tags": gettext_lazy("identity numbers"),
    "uids": gettext_lazy("ids in address books"),
}


def deed(action: str, facts: Mapping[str, Any]) -> str:
    """What was done; what other parts of the product did has its title there."""
    if action == actions.VIEWED.code and facts.get("page") in _PAGES:
        return str(_PAGES[facts["page"]])
    if action in _DEEDS:
        return str(_DEEDS[action])
    known = registry.actions().get(action)
    return str(known.title) if known else action


def changed_parts(action: str, facts: Mapping[str, Any]) -> Sequence[str]:
    """Which parts of the details were changed."""
    if action != actions.CHANGED.code:
        return []
    return [str(PARTS.get(name, name)) for name in facts.get("fields", [])]


def who(actor: str, names: Mapping[str, str]) -> str:
    """Who did it; ``names`` are those of people and their programs, by what the log calls them."""
    if actor in names:
        return names[actor]
    if actor == actors.SYSTEM:
        return _("Tryggve itself")
    if actor == actors.ANONYMOUS:
        return _("somebody not signed in")
    kind, _colon, name = actor.partition(":")
    if kind == "machine":
        return _("a command on this computer (%(account)s)") % {"account": name}
    return _("somebody who has left")
