"""A firm where everything exists once, and twice what can be one's own or another person's."""

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import authenticator, signing_in
from tests.cast import CILLA, DAN, PASSWORD
from tests.telephone import telephone_of
from tryggve.accounts import leaving, people, sign_ins, teams, tokens
from tryggve.accounts import services as accounts
from tryggve.accounts.models import ApiToken, Device, SignIn, User
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit import checkpoints
from tryggve.domains.access import log_jobs
from tryggve.domains.access.models import LeavingStep
from tryggve.domains.access.services import factors, invitations
from tryggve.domains.access.services import provider as providers
from tryggve.domains.customers.engine.search.chosen import Chosen
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import (
    custom_fields,
    documents,
    imports,
    merges,
    notes,
    relations,
    responsible,
    saved_views,
)
from tryggve.domains.customers.tests.lists import add, bring_in, csv_of
from tryggve.domains.customers.tests.numbers import CILLAS, keep
from tryggve.domains.setup import notices
from tryggve.domains.setup.models import Firm, Welcomed
from tryggve.notices import recipients
from tryggve.notices import services as messages
from tryggve.notices.models import Security
from tryggve.vault import custody as register

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
ELEVEN_MINUTES = timedelta(minutes=11)
HOST = "localhost"  # where passkeys can be used
FOUND = "a-search"
API = ("customers.api", "access.api-log")
Cookies = dict[str, str]
_ALL_THAT_CAN_BE_GIVEN = dict.fromkeys((Area.SENSITIVE, Area.IMPORT, Area.ERASURE, Area.EXPORT), Level.CHANGE)


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


def _asker(column: str) -> User | None:
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


def build(column: str) -> World:
    """The firm, with who stands for that column signed in just now."""
    Firm.objects.create(pk=1, name="Annas Snickeri", country="SE", language="sv", claimed_at=NOON)
    anna = person("Anna", Role.OWNER)
    asker = _asker(column)
    for one in filter(None, (anna, asker)):
        if one.name != "Nora":
            _furnish(one)
    whose = anna if asker is None or column.endswith("other") or column == "password" else asker
    things = _customers(whose) | _company(anna) | _keys(asker or anna) | _of_sign_in(whose)
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


def _furnish(user: User) -> None:
    """A telephone, a passkey, a token."""
    telephone_of(user)
    question = {"publicKey": {"user": {"id": "anybody"}, "challenge": "anything"}}
    factors.add_passkey(user=user, name="Key", credential=authenticator.Device().make(question), at=NOON)
    token_of(user, *API)


def token_of(user: User, *scopes: str) -> str:
    """What a program of that person's shows."""
    return tokens.make(user=user, name="t", scopes=scopes, lasts=timedelta(days=1), actor=user.actor, at=NOON)


def _signed_in(asker: User, at: datetime, found: list[str], *, with_factor: bool) -> Cookies:
    """The cookies of a session begun then, in which a search was made without scripts."""
    browser = signing_in.browser_of(asker, at=at, with_factor=with_factor)
    session = browser.session
    session["customers_found"] = {FOUND: found}
    session.save()
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def _customers(whose: User) -> dict[str, Any]:
    """Two customers of that person's, one of them to be deleted; a list that waits for a yes."""
    customer, doomed, _nobodys = add(CILLA, CILLA, DAN)
    for one in (customer, doomed):
        responsible.assign(customer=one, responsible=whose.pk, actor="system", at=NOON, reach=EVERYBODY)
    keep(customer, CILLAS)
    done = bring_in(csv_of("Bo Ek;bo@")).import_id
    batch = imports.preview_file(
        name="list.csv", content=csv_of("Åsa Ek;asa@example.se;;;"), source="", actor="system", at=NOON
    )
    document = documents.add_document(
        customer=customer,
        name="a.png",
        source=io.BytesIO(_picture()),
        actor="system",
        at=NOON,
        reach=EVERYBODY,
    )
    return (
        {
            "customer": customer,
            "saved": saved_views.save_view(owner=whose, name="Old", chosen=Chosen(status="former"), at=NOON),
            "customers:delete customer": doomed,
            "batch": batch,
            "place": 0,
            "customers:import-mend batch": done,
            "customers:import-undo batch": done,
            "subject": customer,
            "document": document,
        }
        | _hanging_on(customer, doomed)
        | _merged(whose)
    )


def _merged(whose: User) -> dict[str, Any]:
    """Two cards of that person's that were made one."""
    kept, gone = add(CILLA, CILLA)
    for one in (kept, gone):
        responsible.assign(customer=one, responsible=whose.pk, actor="system", at=NOON, reach=EVERYBODY)
    merged = merges.merge_customers(
        kept=kept, gone=gone, seen=(1, 1), actor="system", at=NOON, reach=EVERYBODY
    )
    return {"merge": merged, "customers:merge-undo customer": kept}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "PNG")
    return out.getvalue()


def _hanging_on(customer: UUID, other: UUID) -> dict[str, Any]:
    """A note about the first, a relation of the two, and a field of the firm's own."""
    by: dict[str, Any] = {"actor": "system", "at": NOON}
    return {
        "note": notes.add_note(customer=customer, text="called", reach=EVERYBODY, **by),
        "relation": relations.relate(customer=customer, other=other, kind="FAMILY", reach=EVERYBODY, **by),
        "field": custom_fields.add_field(name="Size", kind="TEXT", choices=[], is_sensitive=False, **by),
        "other": other,
    }


def _company(anna: User) -> dict[str, Any]:
    """People, a team, an invitation, a message, a sign-in service, a verification of the log."""
    place = invitations.Place(Role.EMPLOYEE, Scope.ALL, {})
    invited = invitations.invite(
        email="ivar@example.se", name="Ivar", language="sv", place=place, by_mail=False, by=anna, at=NOON
    )
    providers.set_provider(
        name="Microsoft", issuer="http://localhost:9", client_id="tryggve", secret="s3cret",
        links_by_email=False, trusts_factor=False, actor=anna.actor, at=NOON,
    )  # fmt: skip
    messages.set_mail_server(
        host="localhost", port=9, security=Security.NONE, username="", password=None,
        sender_address="tryggve@example.se", sender_name="", at=NOON,
    )  # fmt: skip
    checkpoints.sign(now=NOON)
    return {
        **_colleagues(anna),
        "team": teams.make_team(name="Workshop", by=anna, at=NOON).pk,
        "invitation": invited.id,
        "access:join token": invited.link.rstrip("/").rpartition("/")[2],
        "setup:start token": "used",
        "message": messages.send(notices.TEST_MAIL, to=recipients.staff(anna), at=NOON, firm="Annas"),
        "job": log_jobs.ask_for_verification(asked_by=anna.pk),
    }


def _colleagues(anna: User) -> dict[str, Any]:
    """One who stands in for the captain, whom the pages about a person are about, and one who has left."""
    eva, lars = person("Eva"), person("Lars")
    day = timedelta(days=1)
    people.make_deputy(person=eva.pk, starts=NOON, ends=NOON + day, by=anna, at=NOON)
    leaving.leave(person=lars.pk, successor=anna.pk, by=anna, at=NOON)
    return {
        "person": eva.pk,
        "access:person-reopen person": lars.pk,
        "access:person-left person": lars.pk,
        "left": lars.pk,
        "successor": anna.pk,
    }


def _keys(asker: User) -> dict[str, Any]:
    """A kit that was just made by who asks, and what opens the register."""
    number = register.make_kit(by=asker.actor, now=NOON)
    passphrase = next(one for one in register.status().unlockers if one.kind == "passphrase")
    return {"number": number, "share": 1, "unlocker": passphrase.id}


def _of_sign_in(whose: User) -> dict[str, Any]:
    """That person's factor, token, and another browser of theirs."""
    signing_in.browser_of(whose, at=NOON)
    session = sign_ins.open_of(whose, since=NOON - timedelta(days=1))[0]
    return {
        "factor": getattr(Authenticator.objects.filter(user=whose, type="webauthn").first(), "pk", 0),
        "access:token-end token": ApiToken.objects.filter(user=whose).values_list("pk", flat=True)[0],
        "customers:found token": FOUND,
        "device": Device.objects.get(sign_ins=session).pk,
        "session": session.pk,
    }


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
    return bodies | _bodies_of_customers(things)


def _bodies_of_customers(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same, of the pages about customers."""
    return {
        "customers:search": {"text": "ci"},
        "customers:views": {"name": "New", "query": "status=former"},
        "customers:view-rename": {"name": "Older"},
        "customers:merge-find": {"text": "ci"},
        "customers:merge": {
            "kept_revision": Customer.objects.get(pk=things["customer"]).revision,
            "gone_revision": Customer.objects.get(pk=things["other"]).revision,
        },
        "customers:export": {"view": "all", "format": "csv", "reason": "cards"},
        "customers:add": {"kind": "person", "name": "Cesar"},
        "customers:edit": {"kind": "person", "name": "Cesar", "revision": "1"},
        "customers:import-row": {"cell_0": "Åsa Berg", "cell_1": "asa@example.se"},
        "customers:delete": {"name": CILLA.name},
        "customers:reveal": {"reason": "invoice"},
        "customers:sensitive-change": {"numbers": "", "revision": "1"},
        "customers:document-add": {"file": SimpleUploadedFile("a.txt", b"a")},
        "customers:assign": {"responsible": ""},
        "customers:note-add": {"text": "called"},
        "customers:note": {"text": "called again", "revision": "1"},
        "customers:relate": {"kind": "FAMILY", "text": "cilla"},
        "customers:relation-add": {"kind": "CONTACT", "other": str(things["other"])},
        "customers:field-add": {"name": "Colour", "kind": "TEXT"},
        "customers:field": {"name": "Colour", "kind": "TEXT"},
        "customers:field-move": {"where": "up"},
    }  # fmt: skip
