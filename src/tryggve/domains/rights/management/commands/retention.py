from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.domains.rights.management.verbs import due, purge, until
from tryggve.domains.setup import api as setup
from tryggve.lib.command import shared_options


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {
        "until": "rights.dates",
        "due": "rights.retention",
        "purge": "rights.purge",
    }
    help = _("How long something is kept, and whom nothing needs any more.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for verb in [one.add(verbs) for one in (until, due, purge)]:
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        if options["verb"] == "until":
            return until.run(self, options)
        setup.require()
        return _VERBS[options["verb"]](self, options, at=timezone.now())


_VERBS = {"due": due.run, "purge": purge.run}
