"""Who may do what, as a table: a role's level in each area, and what one person may be given beside it.

The table is the whole of it: what isn't in it is refused.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What somebody is in the company."""

    OWNER = "OWNER", pgettext_lazy("role", "Owner")
    CAPTAIN = "CAPTAIN", pgettext_lazy("role", "Security captain")
    EMPLOYEE = "EMPLOYEE", pgettext_lazy("role", "Employee")
    AUDITOR = "AUDITOR", pgettext_lazy("role", "Auditor")
    SUPPLIER = "SUPPLIER", pgettext_lazy("role", "IT supplier")


class Area(models.TextChoices):
    """A part of the product that is opened or closed as one."""

    OWN_SIGN_IN = "OWN_SIGN_IN", _("Own sign-in")
    CUSTOMERS = "CUSTOMERS", _("Customers")
    SENSITIVE = "SENSITIVE", _("Sensitive details")
    IMPORT = "IMPORT", _("Bringing in lists")
    ERASURE = "ERASURE", _("Deleting customers")
    EXPORT = "EXPORT", _("Taking data out")
    PEOPLE = "PEOPLE", _("People and roles")
    SETTINGS = "SETTINGS", _("Settings")
    # Apart from the settings: it is what the company promises its customers, and no supplier's to change.
    PURPOSES = "PURPOSES", _("What data is used for")
    # Apart from the settings: whoever chooses who vouches for people could come in as any of them.
    WAYS_IN = "WAYS_IN", _("Sign-in with Microsoft, Google and the like")
    KEYS = "KEYS", _("Keys and recovery kit")
    LOG = "LOG", _("The log")
    PROTECTION = "PROTECTION", _("Protections and their proof")
    ROUTINES = "ROUTINES", _("Routines")
    EVENTS = "EVENTS", _("What happened")


class Level(models.IntegerChoices):
    """How far somebody gets in an area."""

    NONE = 0, _("nothing")
    READ = 1, _("see")
    CHANGE = 2, _("see and change")


class Scope(models.TextChoices):
    """Whose customers somebody reaches."""

    ALL = "ALL", _("all customers")
    TEAM = "TEAM", _("the customers of the own team")
    OWN = "OWN", _("own customers only")


_NONE, _READ, _CHANGE = Level.NONE, Level.READ, Level.CHANGE

# A row an area, a column a role: owner, captain, employee, auditor, supplier.
_TABLE = {
    Area.OWN_SIGN_IN: (_CHANGE, _CHANGE, _CHANGE, _CHANGE, _CHANGE),
    Area.CUSTOMERS: (_CHANGE, _CHANGE, _CHANGE, _NONE, _NONE),
    Area.SENSITIVE: (_CHANGE, _NONE, _NONE, _NONE, _NONE),
    Area.IMPORT: (_CHANGE, _CHANGE, _NONE, _NONE, _NONE),
    Area.ERASURE: (_CHANGE, _CHANGE, _NONE, _NONE, _NONE),
    Area.EXPORT: (_CHANGE, _NONE, _NONE, _NONE, _NONE),
    Area.PEOPLE: (_CHANGE, _CHANGE, _NONE, _READ, _NONE),
    Area.SETTINGS: (_CHANGE, _CHANGE, _NONE, _READ, _CHANGE),
    Area.PURPOSES: (_CHANGE, _CHANGE, _NONE, _READ, _READ),
    Area.WAYS_IN: (_CHANGE, _NONE, _NONE, _NONE, _NONE),
    Area.KEYS: (_CHANGE, _CHANGE, _NONE, _READ, _NONE),
    Area.LOG: (_CHANGE, _CHANGE, _NONE, _READ, _NONE),
    Area.PROTECTION: (_CHANGE, _CHANGE, _NONE, _READ, _READ),
    Area.ROUTINES: (_CHANGE, _CHANGE, _CHANGE, _READ, _NONE),
    Area.EVENTS: (_CHANGE, _CHANGE, _NONE, _READ, _NONE),
}
ROLES: Mapping[Role, Mapping[Area, Level]] = MappingProxyType(
    {role: {area: levels[column] for area, levels in _TABLE.items()} for column, role in enumerate(Role)}
)

# The most that one person of a role may be given by an owner, beside what the role has.
MAY_BE_GIVEN: Mapping[Role, Mapping[Area, Level]] = MappingProxyType(
    {
        Role.OWNER: {},
        Role.CAPTAIN: {Area.SENSITIVE: _CHANGE, Area.EXPORT: _CHANGE},
        Role.EMPLOYEE: {
            Area.SENSITIVE: _CHANGE,
            Area.IMPORT: _CHANGE,
            Area.ERASURE: _CHANGE,
            Area.EXPORT: _CHANGE,
        },
        Role.AUDITOR: {Area.EXPORT: _CHANGE},
        Role.SUPPLIER: {Area.LOG: _READ},
    }
)

# Their pages show customers: closed, whatever was given, to who sees none. What is taken out may be the log.
SHOWING_CUSTOMERS = frozenset({Area.SENSITIVE, Area.IMPORT, Area.ERASURE})

# An owner always has all of it: nobody could give it back.
_MAY_BE_TAKEN = frozenset(set(Area) - {Area.OWN_SIGN_IN})


def level_of(role: str, area: str, given: Mapping[str, int]) -> Level:
    """How far a person of that role gets there; ``given`` is what was changed for this person, by area.

    More than MAY_BE_GIVEN is not given, whatever stands in the database.
    """
    usual = ROLES[Role(role)][Area(area)]
    if role == Role.OWNER or area not in _MAY_BE_TAKEN or area not in given:
        return usual
    most = max(usual, MAY_BE_GIVEN[Role(role)].get(Area(area), usual))
    return Level(min(Level(given[area]), most))


def choices_for(role: str, area: str) -> list[Level]:
    """The levels among which an owner may choose for a person of that role."""
    usual = ROLES[Role(role)][Area(area)]
    if role == Role.OWNER or area not in _MAY_BE_TAKEN:
        return [usual]
    most = max(usual, MAY_BE_GIVEN[Role(role)].get(Area(area), usual))
    return [level for level in Level if level <= most]
