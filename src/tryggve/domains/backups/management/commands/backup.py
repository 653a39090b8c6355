from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.domains.backups.management.backup_verbs import places, restore_test, run, status
from tryggve.domains.setup import api as setup
from tryggve.lib.command import shared_options

_VERBS: Final = {"places": places, "run": run, "status": status, "restore-test": restore_test}


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {
        "run": "backups.change",
        "places": "backups.add-place",
        "status": "backups.view",
        "restore-test": "backups.change",
    }
    help = _("Backups: taken, brought to their places, and tried.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for verb in _VERBS.values():
            shared_options(verb.add(verbs), again=True)

    def run(self, options: dict[str, Any]) -> int:
        setup.require()
        status: int = _VERBS[options["verb"]].run(self, options, at=timezone.now())
        return status
