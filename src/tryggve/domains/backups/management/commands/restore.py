import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.audit import actors
from tryggve.domains.backups.management import rehearsal_apart as apart
from tryggve.domains.backups.management.asking import Asking
from tryggve.domains.backups.management.restore_first import First
from tryggve.domains.backups.management.restore_wishes import Wishes, read_file, require_meant, said_day
from tryggve.domains.backups.services.restoring import ordering, progress, rehearsing, thrown_away
from tryggve.domains.backups.services.restoring.progress import Progress
from tryggve.domains.backups.words import rehearsals as rehearsal_words
from tryggve.domains.backups.words import restoring as words
from tryggve.lib import folders as folder
from tryggve.lib.command import Command as BaseCommand
from tryggve.lib.folders import Folders
from tryggve.vault.keeper import memory


class Command(BaseCommand):
    help = _("Put everything back from a backup, on a new computer, with two pages of the recovery kit.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "secrets",
            nargs="?",
            choices=["-"],
            help=_(
                "read from standard input, a line each: what lets in to the place with the keys, then two pages of "
                "the kit, then, with --data-place, what lets in there; goes with --keys-place and --yes"
            ),
        )
        parser.add_argument("--keys-place", metavar="PLACE", help=_("where the copies of the keys lie"))
        parser.add_argument(
            "--data-place",
            metavar="PLACE",
            help=_(
                "where the copies of the data lie now; needed only if they lie elsewhere than when they were made"
            ),
        )
        parser.add_argument("--snapshot", metavar="ID", default="", help=_("this copy of the data"))
        parser.add_argument("--at", metavar="DATE", type=said_day, help=_("the newest copy up to this day"))
        parser.add_argument("--ssh-key", metavar="FILE", help=_("the key that opens a place by SFTP"))
        parser.add_argument(
            "--database",
            metavar="FILE",
            type=Path,
            help=_("a file with the address of an empty PostgreSQL database"),
        )
        parser.add_argument(
            "--folders-to", metavar="DIR", type=Path, help=_("put the company's own folders there, too")
        )
        parser.add_argument(
            "--checkpoint",
            metavar="FILE",
            action="append",
            default=[],
            help=_("a signed checkpoint of the audit log that you have kept"),
        )
        _options_of_rehearsal(parser)
        parser.add_argument(
            "--yes",
            action="store_true",
            help=_(
                "don't ask before the copy is put back: the newest, unless --at or --snapshot says another"
            ),
        )

    def run(self, options: dict[str, Any]) -> int:
        require_meant(options)
        memory.close_to_others()  # before any secret is typed
        where = folder.current()
        if not options["rehearsal"]:
            rehearsing.require_none(where)
        elif not where.rehearsal_mark.exists():
            return apart.rehearse(options, tell=self._tell(options))
        known = progress.read(where)
        if known is None or not known.has_come_to(progress.PLACED):
            asking = Asking(from_input=bool(options["secrets"]), write=self._ask)
            First(where, Wishes.of(options), asking, say=self._tell(options), now=timezone.now).run()
            return self._go_on(where, options)
        if options["rehearsal"]:
            return self._rehearse(where, known, options)
        return self._finish(where, known, options)

    def _go_on(self, where: Folders, options: dict[str, Any]) -> int:
        """In a process of its own, whose settings know the database that lies there now."""
        words = [part for name in options["checkpoint"] for part in ("--checkpoint", name)]
        told = [*words, *(f"--{name}" for name in ("json", "rehearsal", "keep") if options[name])]
        place = ["--data", str(where.data), "--config", str(where.config)]
        self.stdout.flush()
        command = [sys.executable, "-m", "tryggve", "restore", *told, *place]
        return subprocess.run(command, check=False).returncode  # noqa: S603 - our own program

    def _rehearse(self, where: Folders, known: Progress, options: dict[str, Any]) -> int:
        """Nothing but what shows that it went well; what lies here is of no other use."""
        say = self._tell(options)
        say(words.step(6, _("Bringing the data up to date")))
        known = ordering.fill_database(where, known)
        say(words.step(7, _("Looking at it")))
        now = timezone.now()
        found = rehearsing.rehearse(where, known, at=now)
        left = thrown_away.all_of(where) if options["keep"] else []
        if options["json"]:
            self.say_json(rehearsal_words.as_json(found, now=now, left=left))
        else:
            is_seen = sys.stdout.isatty()
            lines = rehearsal_words.told(found, now=now, are_names_shown=is_seen, left=left)
            self.say("\n".join(lines))
        return 0 if found.code else 1

    def _finish(self, where: Folders, known: Progress, options: dict[str, Any]) -> int:
        say = self._tell(options)
        brought = [read_file(name).encode() for name in options["checkpoint"]]
        actor = actors.this_account()
        say(words.step(6, _("Bringing the data up to date")))
        known = ordering.fill_database(where, known)
        ordering.take_over(actor=actor, at=timezone.now())
        known = ordering.open_log(where, known, brought=brought, at=timezone.now())
        ended = ordering.settle(where, known, now=timezone.now, actor=actor)
        say(words.step(7, _("This computer takes over")))
        now = timezone.now()
        if options["json"]:
            self.say_json(words.as_json(ended, now=now))
        else:
            self.say("\n".join(words.ended(ended, now=now)))
            self.say(
                _(
                    "The register belongs to this computer now. NEVER start Tryggve on the old one again, should it "
                    "turn up: delete the data and the keys there. Start it here with «./tryggve up»: it prints the "
                    "address."
                )
            )
        return 0

    def _tell(self, options: dict[str, Any]) -> Any:
        """With --json the answer stands alone on standard output."""
        if options["json"]:
            return lambda text: self.stderr.write(text)
        return self.say

    def _ask(self, question: str) -> None:
        self.stdout.write(question, ending="")
        self.stdout.flush()


def _options_of_rehearsal(parser: CommandParser) -> None:
    parser.add_argument(
        "--rehearsal",
        action="store_true",
        help=_("only try it out: nothing is taken over, started or sent, and a code tells that it went well"),
    )
    parser.add_argument(
        "--on-disk",
        metavar="DIR",
        type=Path,
        help=_("of a rehearsal that is too large for this computer's memory: where its data lie meanwhile"),
    )
    parser.add_argument("--keep", action="store_true", help=_("don't remove a rehearsal in the end"))
