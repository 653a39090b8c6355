"""How everybody who works here comes in: the page that says who lacks what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from tryggve.accounts.models import User
from tryggve.domains.access.models import PasswordRequest
from tryggve.domains.access.selectors import passwords, second_factors
from tryggve.domains.access.selectors.passwords import Password


@dataclass(frozen=True, slots=True)
class Line:
    """One person; ``password`` is None for who comes in without one, ``asked_for`` why another one is wanted.

    ``is_vouched_for``: another company asks for the second step, and its word is taken for it.
    """

    person: User
    password: Password | None
    asked_for: str
    has_factor: bool
    has_passkey: bool
    is_vouched_for: bool


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Everybody's, by name. ``longest_days`` as selectors.passwords has it."""

    lines: Sequence[Line]
    longest_days: int | None
    left_open: int


def ways_in(*, at: datetime) -> WaysIn:
    """As they stand then."""
    people = list(User.objects.filter(is_active=True).order_by("name", "pk"))
    standing = passwords.of(people, at=at)
    known = {one.person: one for one in standing.people}
    factors, vouched_for = second_factors.holders(people), second_factors.vouched_for(people)
    passkeys = set(
        Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).values_list("user", flat=True)
    )
    lines = [
        Line(
            person=person,
            password=known.get(person.pk),
            asked_for=_reason(known.get(person.pk)),
            has_factor=person.pk in factors,
            has_passkey=person.pk in passkeys,
            is_vouched_for=person.pk in vouched_for,
        )
        for person in people
    ]
    return WaysIn(lines, standing.longest_days, standing.left_open)


def is_asked(person: User) -> str:
    """Why this person is to choose another password, in words; empty for who isn't."""
    row = PasswordRequest.objects.filter(user=person).first()
    return str(PasswordRequest.Reason(row.reason).label) if row is not None else ""


def _reason(password: Password | None) -> str:
    asked = password.asked_for if password else ""
    return str(PasswordRequest.Reason(asked).label) if asked else ""
