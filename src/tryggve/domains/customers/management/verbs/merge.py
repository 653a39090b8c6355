import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.customers.selectors import custom_fields, register
from tryggve.domains.customers.selectors import merges as selectors
from tryggve.domains.customers.services import merges
from tryggve.lib.command import Command
from tryggve.lib.errors import Refusal

_LONGEST_ANSWER = 100


class NotConfirmed(Refusal):
    """Something else than yes was typed, or nothing."""


class NoSuchCard(Refusal):
    """One of the two ids is nobody's."""


def add(verbs: Any) -> Any:
    """The options of ``customers merge``."""
    verb = verbs.add_parser("merge", help=_("make two cards of one customer one"))
    verb.add_argument("kept", help=_("the id of the card that is kept"))
    verb.add_argument("gone", help=_("the id of the card that is merged into it"))
    verb.add_argument("--dry-run", action="store_true", help=_("say what would happen, change nothing"))
    verb.add_argument("--yes", action="store_true", help=_("don't ask"))
    return verb


def run(command: Command, options: dict[str, Any], *, kept: UUID, gone: UUID, at: datetime) -> int:
    """Show both, ask, and merge. Raises NoSuchCard, NotConfirmed, and as merges.merge_customers does."""
    if kept == gone:
        raise merges.SameCard
    side = _side_by_side(kept, gone, at=at)
    if side.joined is None:
        raise merges.TooMuch
    parts = side.parts(custom_fields.ordinary_fields())
    if not options["json"]:
        for part in parts:
            command.say(f"{part.title}: {part.after}".replace("\n", ", "))
    if options["dry_run"]:
        _told(command, options, {"merge": None, "parts": [asdict(part) for part in parts]})
        return 0
    if not options["yes"]:
        _require_yes(command)
    made = merges.merge_customers(
        kept=kept,
        gone=gone,
        seen=(side.kept.revision, side.gone.revision),
        actor=actors.this_account(),
        at=at,
        reach=EVERYBODY,
    )
    _told(command, options, {"merge": str(made), "parts": [asdict(part) for part in parts]})
    return 0


def _side_by_side(kept: UUID, gone: UUID, *, at: datetime) -> selectors.SideBySide:
    try:
        return selectors.side_by_side(
            kept=kept, gone=gone, actor=actors.this_account(), at=at, reach=EVERYBODY
        )
    except register.NoSuchCustomer as cause:
        raise NoSuchCard(
            _("One of the two ids is no customer's. Nothing was changed. «customers find» shows the ids.")
        ) from cause


def _require_yes(command: Command) -> None:
    command.stderr.write(_("This is what the one card will say. Type yes to merge: "), ending="")
    command.stderr.flush()
    if sys.stdin.readline(_LONGEST_ANSWER).strip().casefold() != _("yes").casefold():
        raise NotConfirmed(_("That isn't a yes. Nothing was changed."))


def _told(command: Command, options: dict[str, Any], answer: dict[str, Any]) -> None:
    if options["json"]:
        command.say_json(answer)
    elif answer["merge"]:
        command.say(_("The two cards are one now. For 30 days this can be undone, on the card's page."))
    else:
        command.say(_("This is what would happen; nothing was changed."))
