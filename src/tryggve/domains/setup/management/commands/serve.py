from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from tryggve.lib.command import Command as BaseCommand
from tryggve.supervisor import server


class Command(BaseCommand):
    help = "Started by up: answer with pages."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("listener", type=int)

    def run(self, options: dict[str, Any]) -> int:
        server.serve(options["listener"], application=str(settings.WSGI_APPLICATION))
        return 0
