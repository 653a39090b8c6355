"""A firm where everything exists once, and twice what can be one's own or another person's."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from tests import signing_in
from tests.by_role import (
    of_backups,
    of_consents,
    of_customers,
    of_datamap,
    of_exposure,
    of_feedback,
    of_heartbeats,
    of_incidents,
    of_mailings,
    of_passwords,
    of_protection,
    of_purposes,
    of_report,
    of_requests,
    of_retention,
    of_routines,
)
from tests.by_role.of_company import FOUND, company, keys, of_sign_in
from tests.by_role.people import NOON, asker_of, furnish, person
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.domains.access.models import LeavingStep
from tryggve.domains.access.services import invitations
from tryggve.domains.setup.models import Firm

ELEVEN_MINUTES = timedelta(minutes=11)
HOST = "localhost"  # where passkeys can be used
Cookies = dict[str, str]


@dataclass
class World:
    """Who asks, with what browser, and the ids of what is asked for."""

    asker: User | None
    things: dict[str, Any]
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    fresh: Cookies = field(default_factory=dict)  # of a session whose factor was used just now
    old: Cookies = field(default_factory=dict)  # of one whose factor was used eleven minutes ago
    authorization: str = ""


def browser_with(cookies: Cookies, **options: Any) -> Client:
    """A new one each time, so that no request sees what became of the cookies in another."""
    browser = Client(raise_request_exception=False, SERVER_NAME=HOST, **options)
    for name, value in cookies.items():
        browser.cookies[name] = value
    return browser


def build(column: str) -> World:
    """The firm, with who stands for that column signed in just now."""
    Firm.objects.create(pk=1, name="Annas Snickeri", country="SE", language="sv", claimed_at=NOON)
    anna = person("Anna", Role.OWNER)
    asker = asker_of(column)
    for one in filter(None, (anna, asker)):
        if one.name != "Nora":
            furnish(one)
    whose = anna if asker is None or column.endswith("other") or column == "password" else asker
    things = of_customers.things(whose) | company(anna) | keys(asker or anna) | of_sign_in(whose)
    things |= of_purposes.things(NOON)
    things |= of_consents.things(things["customer"], NOON)
    things |= of_feedback.things(things["customer"], NOON)
    things |= of_mailings.things(things["customer"], things["consents purpose"], NOON)
    things |= of_exposure.things(NOON)
    things |= of_backups.things(NOON)
    things |= of_datamap.things(NOON)
    things |= of_heartbeats.things(NOON)
    things |= of_incidents.things(NOON)
    things |= of_protection.things(anna, NOON)
    things |= of_report.things(NOON)
    things |= of_routines.things(anna, NOON)
    made = World(asker, things, _bodies(things))
    if asker is not None:
        found, with_factor = [str(things["customer"])], column != "password"
        made.fresh = _signed_in(asker, NOON, found, with_factor=with_factor)
        made.old = _signed_in(asker, NOON - ELEVEN_MINUTES, found, with_factor=with_factor)
    return made


def aim_at(made: World, whom: str) -> None:
    """From now on the pages about a person are about who asks, or about somebody else of that role."""
    assert made.asker is not None
    anna = User.objects.get(email="anna@example.se")
    other = made.asker if whom == "oneself" else person("Other", Role(whom))
    place = invitations.Place(Role(other.role), Scope.ALL, {})
    invited = invitations.invite(
        email="idun@example.se", name="Idun", language="sv", place=place, by_mail=False, by=anna, at=NOON
    )
    made.things |= {"person": other.pk, "invitation": invited.id}
    made.bodies["access:person-role"] = {"role": "AUDITOR"}


def _signed_in(asker: User, at: datetime, found: list[str], *, with_factor: bool) -> Cookies:
    """The cookies of a session begun then, in which a search was made without scripts."""
    browser = signing_in.browser_of(asker, at=at, with_factor=with_factor)
    session = browser.session
    session["customers_found"] = {FOUND: found}
    session.save()
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def _bodies(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is sent, by the name of the address: as it would be done, where that is short."""
    step = LeavingStep.objects.filter(user_id=things["left"]).values_list("code", flat=True).first()
    days = {"first_day": "2026-03-03", "last_day": "2026-03-04"}
    passphrase = "elva gröna kaffekoppar sjunger"
    bodies: dict[str, dict[str, Any]] = {
        "account_login": {"login": "anna@example.se", "password": "wrong"},
        "setup:language": {"language": "da"},
        "setup:welcome-language": {"language": "da"},
        "setup:welcome-firm": {"firm_name": "Mallorys", "country": "DK"},
        "setup:company": {"firm_name": "Mallorys", "country": "DK", "language": "da"},
        "setup:mail": {"host": "smtp.example.com", "port": "587", "security": "starttls"},
        "setup:keys-passphrase": {"passphrase": "short", "passphrase_again": "short"},
        "setup:unlock": {"way": "passphrase", "passphrase": "wrong"},
        "setup:kit-try": {"first": "wrong", "second": "wrong"},
        "access:join": {"name": "Ivar", "password": passphrase, "password_again": passphrase},
        "access:second-factor": {"code": "000000"},
        "access:passkey": {"name": "Key", "credential": "{}"},
        "access:passkey-alone": {"credential": "{}"},
        "access:confirm": {"code": "000000"},
        "access:password": {"password": passphrase, "password_again": passphrase},
        "access:sessions-end": {"session": str(things["session"])},
        "access:tokens": {"name": "mine", "scopes": ["customers.api"], "days": "30"},
        "access:invite": {
            "name": "Idun", "email": "idun@example.se", "language": "sv",
            "role": "EMPLOYEE", "scope": "ALL", "way": "shown",
        },
        "access:teams": {"name": "Office"},
        "access:team": {"members": [str(things["person"])]},
        "access:team-rename": {"name": "Office"},
        "access:person-role": {"role": "CAPTAIN"},
        "access:person-areas": {"SENSITIVE": "1"},
        "access:person-customers": {"scope": "OWN"},
        "access:person-deputy": days,
        "access:person-leave": {"successor": str(things["successor"])},
        "access:person-left": {"step": step, "done": "yes"},
        "access:proof": {"folder": "", "mail_to": ""},
        "access:provider": {
            "name": "Mallory", "issuer": "https://mallory.example", "client_id": "x", "secret": "x",
            "links_by_email": "on", "trusts_factor": "on",
        },
        "access:log-export": {"with_details": "yes", "may_leave": "yes"},
    }  # fmt: skip
    by_right = (
        of_purposes.BODIES
        | of_requests.bodies(things)
        | of_consents.bodies(things)
        | of_feedback.BODIES
        | of_exposure.BODIES
        | of_backups.BODIES
        | of_datamap.bodies(things)
        | of_incidents.BODIES
        | of_mailings.bodies(things)
        | of_passwords.bodies(things)
        | of_protection.BODIES
        | of_report.BODIES
        | of_retention.bodies(things, NOON)
        | of_routines.BODIES
    )
    return bodies | of_customers.bodies(things) | by_right
