from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.audit import actors
from tryggve.controls import catalogue, registry, selectors, services, starting
from tryggve.controls.catalogue import UnknownControl
from tryggve.controls.engine.standing import PASSED
from tryggve.controls.selectors import Protection
from tryggve.domains.protection.state_looks import LOOKS
from tryggve.domains.protection.words import standings as words
from tryggve.domains.setup import api as setup
from tryggve.lib.command import shared_options
from tryggve.lib.errors import Refusal


class NoSuchControl(Refusal):
    """No protection has that id."""

    sentence: ClassVar = gettext_lazy(
        "No protection is called %(id)s. «./tryggve controls list» names them all."
    )


class Command(PolicedCommand):
    help = _("How the company is protected, and what proves it.")
    permissions: ClassVar[Mapping[str, str]] = {
        "list": "protection.view",
        "show": "protection.view",
        "measure": "protection.change",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        listed = verbs.add_parser("list", help=_("every protection with its state"))
        shown = verbs.add_parser("show", help=_("one protection, with what it rests on"))
        shown.add_argument("id", help=_("what the protection is called, such as AUT-04"))
        measured = verbs.add_parser(
            "measure", help=_("measure protections now, and wait for what comes of it")
        )
        measured.add_argument(
            "id", nargs="*", help=_("what they are called; all that can be measured when left out")
        )
        for verb in (listed, shown, measured):
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        setup.require()
        match options["verb"]:
            case "list":
                return self._say(list(catalogue.controls()), options, as_list=True)
            case "show":
                return self._say([_control(options["id"])], options, as_list=False)
        return self._measure(options)

    def _measure(self, options: dict[str, Any]) -> int:
        named = [_control(id) for id in options["id"]]
        measured = registry.measures()
        chosen = named or [one for one in catalogue.controls() if one.id in measured]
        for one in chosen:
            services.measure_again(control=one.id, actor=actors.this_account(), at=timezone.now())
        is_answered = starting.measure_what_was_asked([one.id for one in chosen], now=timezone.now)
        self._say(chosen, options, as_list=True)
        if not is_answered:
            self.stderr.write(
                _("Some of these were not measured in time. They are shown as they stood before.")
            )
        standings = selectors.standings(now=timezone.now())
        return 0 if is_answered and all(standings[one.id].is_proven for one in chosen) else 1

    def _say(self, chosen: list[catalogue.Control], options: dict[str, Any], *, as_list: bool) -> int:
        now, language = timezone.now(), get_language() or "en"
        found = selectors.protections(now=now)
        if options["json"]:
            told = [_told(found[one.id], language) for one in chosen]
            self.say_json(told if as_list else told[0])
            return 0
        for one in chosen:
            self._say_one(found[one.id], language, now, briefly=as_list)
        return 0

    def _say_one(self, protection: Protection, language: str, now: datetime, *, briefly: bool) -> None:
        look, told = LOOKS[protection.standing.state], catalogue.words(protection.control, language)
        self.say(f"{look.mark} {protection.control}  {told.heading}: {look.word}")
        if briefly:
            return
        self.say(words.evidence_sentence(protection, now=now))
        for title, value in selectors.facts_in_words(protection.latest) if protection.latest else ():
            self.say(f"  {title}: {value}")
        holds = "" if protection.standing.state in PASSED else _("When it holds:") + " "
        self.say(holds + told.shows)
        self.say(told.does_not_show)


def _control(id: str) -> catalogue.Control:
    try:
        return catalogue.control(id.upper())
    except UnknownControl:
        raise NoSuchControl(id=id) from None


def _told(protection: Protection, language: str) -> dict[str, Any]:
    latest, told = protection.latest, catalogue.words(protection.control, language)
    return {
        "id": protection.control,
        "title": told.title,
        "state": str(protection.standing.state),
        "observed_at": latest.observed_at.isoformat() if latest else None,
        "valid_until": latest.valid_until.isoformat() if latest and latest.valid_until else None,
        "facts": dict(latest.facts) if latest else {},
        "shows": told.shows,
        "does_not_show": told.does_not_show,
    }
