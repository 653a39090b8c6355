"""Who may do what to whom, among people who work here: an owner everything but to themselves, others less."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit import actors
from tryggve.lib.errors import Refusal

# Who changes something; None is a command, which has an owner's rights.
Changer = User | None

_APPOINTED_BY_ROLE = frozenset({Role.OWNER, Role.CAPTAIN})


class NotYours(Refusal):
    """This person may not do that to that person."""


def actor_of(by: Changer) -> str:
    """What the log calls who changes something."""
    return by.actor if by is not None else actors.this_account()


def require_other(by: Changer, person: User) -> None:
    """Nobody changes what they themselves may do: neither upwards nor by mistake. Raises NotYours."""
    if by is not None and by.pk == person.pk:
        raise NotYours(
            _(
                "Nobody changes what they themselves may do. Nothing was changed. Ask another owner of the company."
            )
        )


def require_over(by: Changer, person: User) -> None:
    """Only an owner changes an owner or a captain, and nobody themselves. Raises NotYours.

    Else one captain could close another's account, or make them something less first.
    """
    require_other(by, person)
    if person.role in _APPOINTED_BY_ROLE:
        require_owner(by)


def require_owner(by: Changer) -> None:
    """Raises NotYours."""
    if by is not None and by.role != Role.OWNER:
        raise NotYours(_("Only an owner of the company can do that. Nothing was changed."))


def require_appointing(by: Changer, role: str) -> None:
    """Only an owner makes an owner, and a deputy makes no captain: it would outlast the deputy. Raises NotYours."""
    if role == Role.OWNER:
        require_owner(by)
    if role == Role.CAPTAIN:
        require_own_standing(by)


def require_own_standing(by: Changer) -> None:
    """Owner or captain by role, not as a deputy. Raises NotYours."""
    if by is not None and by.role not in _APPOINTED_BY_ROLE:
        raise NotYours(
            _("Only an owner or the security captain can do that, not their deputy. Nothing was changed.")
        )


def require_giving(by: Changer, given: Mapping[str, int]) -> None:
    """What somebody gets beside their role is an owner's to give. Raises NotYours."""
    if given:
        require_owner(by)


def may_change(by: User, person: User) -> bool:
    """Whether somebody whose role opens people may change that one."""
    try:
        require_over(by, person)
    except NotYours:
        return False
    return True
