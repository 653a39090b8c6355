import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.audit import actors
from tryggve.domains.setup import installation
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.services import firm as services
from tryggve.lib import before_serving
from tryggve.lib import folders as folder
from tryggve.lib.command import Command as BaseCommand
from tryggve.privacy import checks
from tryggve.supervisor import children, health, lock, parent, port
from tryggve.vault.keeper import keeping as keeper
from tryggve.vault.keeper import memory

DEFAULT_PORT = 8000


class Command(BaseCommand):
    help = _("Start Tryggve and keep it running.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=_("the port to answer on (8000)"))
        parser.add_argument("--host", default=port.LOCALHOST, help=_("the address to answer on (localhost)"))

    def run(self, options: dict[str, Any]) -> int:
        memory.close_to_others()  # before any key is read
        checks.require_whole()
        folders = folder.current()
        if not folders.run.is_dir():
            # A start that can't be leaves nothing behind.
            port.listening_socket(options["host"], options["port"]).close()
            folder.create(folders)
        with lock.hold(folders) as held, port.listening_socket(options["host"], options["port"]) as listener:
            held.tell_address(listener.url)
            installation.prepare(folders, at=timezone.now(), say=self.say)
            services.log_start(actor=actors.this_account(), at=timezone.now())
            before_serving.do_all(timezone.now())
            connections.close_all()
            with keeper.keeping(folders) as shown:
                return parent.run(
                    [_child("server", shown, listener), _child("worker", shown)],
                    folders=folders,
                    ready=partial(health.answers, listener, "/health"),
                    on_ready=partial(self._welcome, _address(listener)),
                    say=self.say,
                )

    def _welcome(self, address: str) -> None:
        if selectors.the_firm() is None:
            token = services.make_owner_link(actor=actors.this_account(), at=timezone.now())
            self.say(_("Tryggve is running. Open this link on this computer to begin (it works once):"))
            self.say(f"  {address}start/{token}/")
            self.say(
                _("The key that opens your customers is %(file)s. Keep a copy of it, apart from the data.")
                % {"file": folder.current().key_file}
            )
        else:
            self.say(_("Tryggve is running: %(address)s") % {"address": address})
        self.say(_("Stop it with Ctrl-C."))
        connections.close_all()


def _address(listener: port.Listener) -> str:
    """Where to sign in: behind an encrypted address cookies go nowhere else."""
    return f"{settings.ORIGIN}/" if settings.COOKIES_ARE_SECURE else listener.url


def _child(name: str, shown: keeper.Shown, listener: port.Listener | None = None) -> children.ChildSpec:
    verb = ["serve", str(listener.fileno())] if listener else ["work"]
    return children.ChildSpec(
        name,
        [sys.executable, "-m", "tryggve", *verb],
        (listener,) if listener else (),
        descriptors=(shown.descriptor,),
        variables={shown.variable: str(shown.descriptor)},
    )
