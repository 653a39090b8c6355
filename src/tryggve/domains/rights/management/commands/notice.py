from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.domains.rights.management.verbs import notice_export, notice_list
from tryggve.domains.setup import api as setup
from tryggve.lib.command import shared_options


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {"export": "rights.view", "list": "rights.view"}
    help = _("The privacy notice and the record of processing, as files.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for verb in [one.add(verbs) for one in (notice_list, notice_export)]:
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        setup.require()
        today = timezone.localdate(timezone.now())
        if options["verb"] == "list":
            return notice_list.run(self, options, today=today)
        return notice_export.run(self, options, today=today)
