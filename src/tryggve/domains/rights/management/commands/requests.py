from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.domains.rights.management.verbs import deadline, listing
from tryggve.domains.setup import api as setup
from tryggve.lib.command import shared_options


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {"deadline": "rights.dates", "list": "rights.requests"}
    help = _("What customers asked for by right, and when they must have an answer.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for verb in [one.add(verbs) for one in (deadline, listing)]:
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        if options["verb"] == "deadline":
            return deadline.run(self, options)
        setup.require()
        return listing.run(self, options, at=timezone.now())
