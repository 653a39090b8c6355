"""What somebody may do, as a sentence: made from the table of roles, so that it can't say anything else than it."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.accounts import roles
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role, Scope

# Something that one does or doesn't: there is nothing to look at in them alone.
DEEDS = frozenset({Area.IMPORT, Area.ERASURE, Area.EXPORT})
# What every role has and nobody chooses isn't told.
TOLD: tuple[Area, ...] = tuple(area for area in Area if area != Area.OWN_SIGN_IN)

_CUSTOMERS: Mapping[tuple[Level, Scope], StrOrPromise] = {
    (Level.READ, Scope.ALL): gettext_lazy("sees all customers"),
    (Level.READ, Scope.TEAM): gettext_lazy("sees the customers of the own team"),
    (Level.READ, Scope.OWN): gettext_lazy("sees own customers"),
    (Level.CHANGE, Scope.ALL): gettext_lazy("sees and changes all customers"),
    (Level.CHANGE, Scope.TEAM): gettext_lazy("sees and changes the customers of the own team"),
    (Level.CHANGE, Scope.OWN): gettext_lazy("sees and changes own customers"),
}
_DOES: Mapping[tuple[Area, Level], StrOrPromise] = {
    (Area.SENSITIVE, Level.READ): gettext_lazy("sees sensitive details"),
    (Area.SENSITIVE, Level.CHANGE): gettext_lazy("sees and changes sensitive details"),
    (Area.IMPORT, Level.CHANGE): gettext_lazy("brings in lists"),
    (Area.ERASURE, Level.CHANGE): gettext_lazy("deletes customers"),
    (Area.EXPORT, Level.CHANGE): gettext_lazy("takes data out"),
    (Area.PEOPLE, Level.READ): gettext_lazy("sees people and roles"),
    (Area.PEOPLE, Level.CHANGE): gettext_lazy("invites people and changes roles"),
    (Area.SETTINGS, Level.READ): gettext_lazy("sees the settings"),
    (Area.SETTINGS, Level.CHANGE): gettext_lazy("changes the settings"),
    (Area.PURPOSES, Level.READ): gettext_lazy("sees what data is used for"),
    (Area.PURPOSES, Level.CHANGE): gettext_lazy("decides what data is used for"),
    (Area.WAYS_IN, Level.CHANGE): gettext_lazy("chooses the company's sign-in service"),
    (Area.KEYS, Level.READ): gettext_lazy("sees what opens the register"),
    (Area.KEYS, Level.CHANGE): gettext_lazy("locks the register and keeps its keys"),
    (Area.LOG, Level.READ): gettext_lazy("reads the log"),
    (Area.LOG, Level.CHANGE): gettext_lazy("reads the log"),
    (Area.PROTECTION, Level.READ): gettext_lazy("sees the protections"),
    (Area.PROTECTION, Level.CHANGE): gettext_lazy("looks after the protections"),
    (Area.ROUTINES, Level.READ): gettext_lazy("sees the routines"),
    (Area.ROUTINES, Level.CHANGE): gettext_lazy("does routines"),
    (Area.EVENTS, Level.READ): gettext_lazy("sees what has happened"),
    (Area.EVENTS, Level.CHANGE): gettext_lazy("answers what is reported"),
}
_NOT: Mapping[Area, StrOrPromise] = {
    Area.CUSTOMERS: gettext_lazy("no customers"),
    Area.SENSITIVE: gettext_lazy("not sensitive details"),
    Area.IMPORT: gettext_lazy("not bringing in lists"),
    Area.ERASURE: gettext_lazy("not deleting"),
    Area.EXPORT: gettext_lazy("not taking data out"),
    Area.PEOPLE: gettext_lazy("not people and roles"),
    Area.SETTINGS: gettext_lazy("not the settings"),
    Area.PURPOSES: gettext_lazy("not what data is used for"),
    Area.KEYS: gettext_lazy("not the keys"),
    Area.LOG: gettext_lazy("not the log"),
    Area.PROTECTION: gettext_lazy("not the protections"),
    Area.ROUTINES: gettext_lazy("not the routines"),
    Area.EVENTS: gettext_lazy("not what has happened"),
}
# Where nothing is said of these, somebody might take them for granted.
_SAID_WHEN_CLOSED = (Area.SENSITIVE, Area.IMPORT, Area.ERASURE, Area.EXPORT)


def sentence(user: User) -> str:
    """«Bo, employee: sees and changes own customers; not sensitive details.»"""
    role = _lower_first(str(Role(user.role).label))
    return _("%(name)s, %(role)s: %(may)s.") % {"name": user.name, "role": role, "may": may(user)}


def may(user: User) -> str:
    """What this person does and doesn't, without name and full stop; a deputy at the time that was noted."""
    return _told({area: user.level_in(area) for area in TOLD}, Scope(user.scope))


def of_role(role: Role) -> str:
    """The same of a role, before anything is changed for one person."""
    return _told({area: roles.ROLES[role][area] for area in TOLD}, Scope.ALL)


def differences(user: User) -> list[str]:
    """What is different for this person than for the role, a phrase each."""
    found = []
    alone = User(role=user.role, scope=user.scope, given=user.given)  # never as a deputy
    for area in TOLD:
        own, usual = alone.level_in(area), roles.ROLES[Role(user.role)][area]
        if own == Level.NONE != usual:
            found.append(str(_NOT[area]))
        elif own != usual:
            found.append(_does(area, own, Scope(user.scope)))
    return [phrase for phrase in found if phrase]


def differences_with_scope(user: User) -> list[str]:
    """The same, and whose customers if not everybody's."""
    sees_some = user.scope != Scope.ALL and roles.level_of(user.role, Area.CUSTOMERS, user.given)
    return differences(user) + ([str(Scope(user.scope).label)] if sees_some else [])


def level(area: Area, level: Level) -> str:
    """A cell of the table: how far somebody gets there."""
    if area in DEEDS:
        return _("yes") if level == Level.CHANGE else _("no")
    if area == Area.LOG and level:
        return str(Level.READ.label)
    return str(level.label)


def may_also(area: Area) -> str:
    """What somebody does who gets as far as one can there."""
    return _does(area, Level.CHANGE, Scope.ALL)


def role_table() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """A row an area: its name, and for each role the role's name and how far it gets."""
    return [
        (str(area.label), [(str(role.label), level(area, roles.ROLES[role][area])) for role in Role])
        for area in TOLD
    ]


def choices(role: str, area: Area) -> list[tuple[int, str]]:
    """Among what an owner chooses for a person of that role, in words; one or none where there is no choice."""
    offered = {
        level(area, one): one
        for one in roles.choices_for(role, area)
        if not (area in DEEDS and one == Level.READ)
    }
    return [(int(value), word) for word, value in offered.items()]


def _told(levels: Mapping[Area, Level], scope: Scope) -> str:
    if scope == Scope.ALL and all(level == Level.CHANGE for level in levels.values()):
        return _("sees and changes everything")
    does = [phrase for area, level in levels.items() if (phrase := _does(area, level, scope))]
    told = _listed(does) or _("sees and changes only the own sign-in")
    closed = _closed(levels)
    if not closed:
        return told
    return _("%(does)s; %(not)s") % {"does": told, "not": ", ".join(closed)}


def _closed(levels: Mapping[Area, Level]) -> list[str]:
    if levels[Area.CUSTOMERS] == Level.NONE:
        return [str(_NOT[Area.CUSTOMERS])]
    return [str(_NOT[area]) for area in _SAID_WHEN_CLOSED if not _does(area, levels[area], Scope.ALL)]


def _does(area: Area, level: Level, scope: Scope) -> str:
    if area == Area.CUSTOMERS:
        return str(_CUSTOMERS.get((level, scope), ""))
    return str(_DOES.get((area, level), ""))


def _listed(phrases: Sequence[str]) -> str:
    if len(phrases) < 2:
        return "".join(phrases)
    return _("%(first)s and %(last)s") % {"first": ", ".join(phrases[:-1]), "last": phrases[-1]}


def _lower_first(label: str) -> str:
    """As within a sentence, but for «IT supplier»."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
