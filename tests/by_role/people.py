"""Who asks, and what everybody has to sign in with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator

from tests import authenticator
from tests.cast import PASSWORD
from tests.telephone import telephone_of
from tryggve.accounts import services as accounts
from tryggve.accounts import tokens
from tryggve.accounts.models import ApiToken, Device, SignIn, User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.domains.access.services import factors
from tryggve.domains.setup.models import Welcomed

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
API = ("customers.api", "access.api-log")
_ALL_THAT_CAN_BE_GIVEN = dict.fromkeys((Area.SENSITIVE, Area.IMPORT, Area.ERASURE, Area.EXPORT), Level.CHANGE)


def person(name: str, role: Role = Role.EMPLOYEE, **facts: Any) -> User:
    """Somebody who has worked here for a while."""
    made = accounts.create_user(
        email=f"{name.lower()}@example.se", password=PASSWORD, name=name, language="en", role=role
    )
    User.objects.filter(pk=made.pk).update(**facts)
    made.refresh_from_db()
    Welcomed.objects.create(user=made, at=NOON)
    return made


def sign_in_of_others(asker: User) -> list[list[tuple[object, ...]]]:
    """The factors, browsers, sessions and tokens of everybody else."""
    tables = (Authenticator, Device, SignIn, ApiToken)
    return [list(table.objects.exclude(user=asker).order_by("pk").values_list()) for table in tables]


def asker_of(column: str) -> User | None:
    """The firm's one who stands for that column."""
    made = {
        "password": lambda: person("Nora", Role.OWNER),
        "owner": lambda: person("Olga", Role.OWNER),
        "captain": lambda: person("Karin", Role.CAPTAIN),
        "captain-other": lambda: person("Kim", Role.CAPTAIN, scope=Scope.OWN),
        "employee": lambda: person("Bo"),
        "own": lambda: person("Ove", scope=Scope.OWN, given=_ALL_THAT_CAN_BE_GIVEN),
        "other": lambda: person("Olle", scope=Scope.OWN, given=_ALL_THAT_CAN_BE_GIVEN),
        "auditor": lambda: person("Rut", Role.AUDITOR),
        "supplier": lambda: person("Sven", Role.SUPPLIER),
        "deputy": lambda: person(
            "Doris", deputy_from=NOON - timedelta(days=1), deputy_until=NOON + timedelta(days=1)
        ),
    }
    return made[column]() if column in made else None


def furnish(user: User) -> None:
    """A telephone, a passkey, a token."""
    telephone_of(user)
    question = {"publicKey": {"user": {"id": "anybody"}, "challenge": "anything"}}
    factors.add_passkey(user=user, name="Key", credential=authenticator.Device().make(question), at=NOON)
    token_of(user, *API)


def token_of(user: User, *scopes: str) -> str:
    """What a program of that person's shows."""
    return tokens.make(user=user, name="t", scopes=scopes, lasts=timedelta(days=1), actor=user.actor, at=NOON)
