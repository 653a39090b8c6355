from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggve.accounts import addresses, leaving, people
from tryggve.accounts.addresses import giving
from tryggve.accounts.commands import PolicedCommand
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import actors
from tryggve.domains.access.selectors import people as selectors
from tryggve.domains.access.services import invitations
from tryggve.domains.access.words import addresses as address_words
from tryggve.domains.access.words import people as words
from tryggve.domains.setup import api as setup
from tryggve.lib.command import shared_options
from tryggve.lib.errors import Refusal
from tryggve.lib.language import LANGUAGES


class NobodyCalledThat(Refusal):
    """No account has that address or id."""


class Command(PolicedCommand):
    help = _("Who works here, and what each may do.")
    permissions: ClassVar[Mapping[str, str]] = {
        "list": "access.see-people",
        "invite": "access.change-people",
        "role": "access.change-people",
        "leave": "access.change-people",
        "networks": "access.change-networks",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        listed = verbs.add_parser("list", help=_("everybody, each in a sentence"))
        invite = verbs.add_parser("invite", help=_("make a link for somebody to join with, shown this once"))
        invite.add_argument("email", help=_("the address that the person signs in with"))
        invite.add_argument("--name", required=True, help=_("what the person is called"))
        _role_argument(invite, "--role", default="employee")
        invite.add_argument(
            "--scope", choices=["all", "own"], default="all", help=_("whose customers the person sees (all)")
        )
        invite.add_argument(
            "--language",
            choices=LANGUAGES,
            default=get_language() or "en",
            help=_("the language that the person reads"),
        )
        invite.add_argument("--mail", action="store_true", help=_("send the link by mail, don't show it"))
        role = verbs.add_parser("role", help=_("make somebody something else"))
        role.add_argument("person", help=_("the e-mail address or id"))
        _role_argument(role, "role")
        leave = verbs.add_parser("leave", help=_("close somebody's account and hand over"))
        leave.add_argument("person", help=_("the e-mail address or id"))
        leave.add_argument("--to", required=True, help=_("who takes over: the e-mail address or id"))
        leave.add_argument("--dry-run", action="store_true", help=_("say what would happen, change nothing"))
        known = verbs.add_parser("networks", help=_("what is known of the networks that people sign in from"))
        known.add_argument("--countries", metavar="FILE", help=_("a database of countries (.mmdb), unpacked"))
        known.add_argument("--hosting", metavar="FILE", help=_("hosting companies' networks, one a line"))
        known.add_argument("--forget", action="store_true", help=_("know nothing of networks any more"))
        for verb in (listed, invite, role, leave, known):
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        setup.require()
        match options["verb"]:
            case "list":
                return self._list(as_json=options["json"])
            case "invite":
                return self._invite(options)
            case "role":
                return self._role(options)
            case "networks":
                return self._networks(options)
        return self._leave(options)

    def _list(self, *, as_json: bool) -> int:
        users = selectors.users(at=timezone.now())
        if as_json:
            self.say_json([_as_json(user) for user in users])
        for user in () if as_json else users:
            closed = "" if user.is_active else "  " + _("(account closed)")
            self.say(f"{words.sentence(user)}  <{user.email}>{closed}")
        return 0

    def _invite(self, options: dict[str, Any]) -> int:
        place = invitations.Place(Role(options["role"].upper()), Scope(options["scope"].upper()), {})
        made = invitations.invite(
            email=options["email"],
            name=options["name"],
            language=options["language"],
            place=place,
            by_mail=options["mail"],
            by=None,
            at=timezone.now(),
        )
        link = None if options["mail"] else made.link
        if options["json"]:
            self.say_json({"invitation": str(made.id), "link": link})
        elif link is None:
            self.say(_("The invitation is on its way by mail. Its link lasts seven days."))
        else:
            self.say(_("This link works once, within seven days. Give it to nobody but the person:"))
            self.say(f"  {link}")
        return 0

    def _role(self, options: dict[str, Any]) -> int:
        user = _user(options["person"])
        people.change_role(person=user.pk, role=Role(options["role"].upper()), by=None, at=timezone.now())
        user.refresh_from_db()
        if options["json"]:
            self.say_json(_as_json(user))
        else:
            self.say(words.sentence(user))
        return 0

    def _leave(self, options: dict[str, Any]) -> int:
        user, successor = _user(options["person"]), _user(options["to"])
        told = selectors.what_leaving_does(user)
        if options["dry_run"]:
            leaving.require_leavable(person=user.pk, successor=successor.pk, by=None)
        else:
            leaving.leave(person=user.pk, successor=successor.pk, by=None, at=timezone.now())
        if options["json"]:
            self.say_json(
                {"id": str(user.pk), "successor": str(successor.pk), "closed": not options["dry_run"]}
            )
            return 0
        if options["dry_run"]:
            self.say(_("This would happen; nothing was changed:"))
        self.say("- " + _("The account is closed, and every session of it ends."))
        for title, _count in told:
            self.say(f"- {title}")
        return 0

    def _networks(self, options: dict[str, Any]) -> int:
        how: dict[str, Any] = {"actor": actors.this_account(), "at": timezone.now()}
        if options["forget"]:
            giving.forget(**how)
        if options["countries"]:
            giving.give_countries(path=Path(options["countries"]), **how)
        if options["hosting"]:
            giving.give_hosting(path=Path(options["hosting"]), **how)
        known = addresses.standing()
        if options["json"]:
            self.say_json({kind: day.isoformat() if day else None for kind, day in asdict(known).items()})
        for sentence in () if options["json"] else address_words.sentences(known):
            self.say(sentence)
        return 0


def _role_argument(parser: Any, name: str, **more: Any) -> None:
    parser.add_argument(
        name, choices=[role.lower() for role in Role], help=_("what the person is in the company"), **more
    )


def _user(text: str) -> User:
    try:
        return selectors.user_called(text)
    except selectors.NoSuchPerson as cause:
        raise NobodyCalledThat(
            _("Nobody here has that address or id. Nothing was changed. «people list» shows everybody.")
        ) from cause


def _as_json(user: User) -> dict[str, Any]:
    return {
        "id": str(user.pk),
        "name": user.name,
        "email": user.email,
        "role": user.role.lower(),
        "scope": user.scope.lower(),
        "given": {area.lower(): level for area, level in user.given.items()},
        "is_active": user.is_active,
        "is_deputy": user.is_deputy,
        "left_at": user.left_at.isoformat() if user.left_at else None,
    }
