import os
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.audit import actors
from tryggve.domains.setup.services import demo
from tryggve.lib import folders as folder
from tryggve.lib.command import Command as BaseCommand
from tryggve.lib.language import language_of_environment

_USUAL_CUSTOMERS = 300
_MOST_CUSTOMERS = 100_000


class Command(BaseCommand):
    help = _("Start a made-up company to look at, in a folder of its own.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--customers", type=int, default=_USUAL_CUSTOMERS, help=_("how many customers it has (300)")
        )
        parser.add_argument("--country", choices=("SE", "DK"), help=_("where the company is: SE or DK"))
        parser.add_argument("--port", type=int, help=_("the port to answer on (8000)"))
        parser.add_argument("--again", action="store_true", help=_("throw the demo away and make a new one"))

    def run(self, options: dict[str, Any]) -> int:
        folders = folder.current()
        if options["again"]:
            demo.throw_away(folders)
        if not folders.demo_mark.exists():
            self.say(_("A made-up company moves in. This takes a moment …"))
        demo.make(
            folders,
            country=options["country"] or ("DK" if language_of_environment() == "da" else "SE"),
            customers=min(max(options["customers"], 0), _MOST_CUSTOMERS),
            actor=actors.this_account(),
            at=timezone.now(),
        )
        self.say(_("This is a demo: nobody in it exists. It lies in %(folder)s.") % {"folder": folders.data})
        self.say(_("Sign in as one of these; the passwords hold until the next start:"))
        for way in demo.ways_in():
            self.say(f"  {way.email}  {way.password}  ({way.name}, {way.role})")
        connections.close_all()
        port = ["--port", str(options["port"])] if options["port"] else []
        # A process of its own, with nothing of the furnishing in its memory.
        os.execv(sys.executable, [sys.executable, "-m", "tryggve", "up", *port])  # noqa: S606 - our own program
