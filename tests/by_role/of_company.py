"""What the firm has beside its customers: people, keys, settings, jobs, and how each of them signs in."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator

from tests import signing_in
from tests.by_role.people import NOON, person
from tryggve.accounts import leaving, people, sign_ins, teams
from tryggve.accounts.models import ApiToken, Device, User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import checkpoints
from tryggve.domains.access import log_jobs
from tryggve.domains.access.services import invitations
from tryggve.domains.access.services import provider as providers
from tryggve.domains.setup import notices
from tryggve.notices import recipients
from tryggve.notices import services as messages
from tryggve.notices.models import Security
from tryggve.vault import custody as register

FOUND = "a-search"


def company(anna: User) -> dict[str, Any]:
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


def keys(asker: User) -> dict[str, Any]:
    """A kit that was just made by who asks, and what opens the register."""
    number = register.make_kit(by=asker.actor, now=NOON)
    passphrase = next(one for one in register.status().unlockers if one.kind == "passphrase")
    return {"number": number, "share": 1, "unlocker": passphrase.id}


def of_sign_in(whose: User) -> dict[str, Any]:
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
