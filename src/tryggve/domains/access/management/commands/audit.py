import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.audit import actors, checkpoint_files
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.notes import NotANote
from tryggve.domains.access.services import log as log_services
from tryggve.domains.access.words import verdicts as log_verdict_words
from tryggve.domains.setup import api as setup
from tryggve.lib import opened
from tryggve.lib.command import shared_options
from tryggve.lib.errors import Refusal

_LONGEST_CHECKPOINT = 64 * 1024
_LONGEST_ANSWER = 100
_BEGINS = b"\ntryggve/"


class NoCheckpoint(Refusal):
    """The file named on the command line can't be opened, or holds no checkpoint."""


class NotOnATerminal(Refusal):
    """A ZIP file is nothing to read."""


class NotConfirmed(Refusal):
    """Something else was typed, or nothing."""

    def __init__(self) -> None:
        super().__init__(_("That isn't what was asked for. No key was made, and nothing was changed."))


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {
        "verify": "access.log",
        "export": "access.export-log",
        "checkpoint": "access.log",
        "new-signing-key": "setup.keys",
    }
    help = _("Verify the audit log, export it, sign how it stands; replace a lost key.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verify = verbs.add_parser("verify", help=_("whether the log is what was logged"))
        verify.add_argument(
            "--checkpoint",
            metavar="FILE",
            action="append",
            default=[],
            help=_(
                "also hold it against a checkpoint that was kept elsewhere, - for standard input; may be given again"
            ),
        )
        export = verbs.add_parser("export", help=_("write the log as a file that others can verify"))
        export.add_argument("file", help=_("the ZIP file to write; - writes to standard output"))
        for verb in (verify, export):
            verb.add_argument(
                "--with-details",
                action="store_true",
                help=_("also what entries say in words; the register must be unlocked"),
            )
        checkpoint = verbs.add_parser("checkpoint", help=_("sign how the log stands and print it"))
        replace = verbs.add_parser(
            "new-signing-key", help=_("make another key when the one that signs is lost")
        )
        for verb in (verify, export, checkpoint, replace):
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        setup.require()
        match options["verb"]:
            case "verify":
                return self._verify(options)
            case "export":
                return self._export(options["file"], with_details=options["with_details"])
            case "new-signing-key":
                return self._new_signing_key(as_json=options["json"])
        return self._checkpoint(as_json=options["json"])

    def _verify(self, options: dict[str, Any]) -> int:
        saved = [_note_in(name) for name in options["checkpoint"]]
        found = log_services.verify_log(
            actor=actors.this_account(),
            at=timezone.now(),
            saved=saved,
            with_details=options["with_details"],
        )
        if options["json"]:
            self.say_json(found.as_json())
        else:
            self.say("\n".join(log_verdict_words.lines_of(found, saved=len(saved))))
        return 0 if found.ok else 1

    def _export(self, name: str, *, with_details: bool) -> int:
        to = _target(name)
        unsigned = log_services.begin_export(
            with_details=with_details, actor=actors.this_account(), at=timezone.now()
        )
        log_services.write_export(to, with_details=with_details)
        if unsigned is not None:
            self.stderr.write(str(unsigned))
            self.stderr.write(_("The log was exported as it stood at its newest checkpoint."))
        elif isinstance(to, Path):
            self.say(_("The log is exported to %(file)s.") % {"file": to})
        return 0

    def _new_signing_key(self, *, as_json: bool) -> int:
        self._require_yes(log_services.lost_signing_key().id.hex())
        signed = log_services.replace_signing_key(actor=actors.this_account(), at=timezone.now())
        self.stderr.write(
            _(
                "The log is signed with a new key. Tell everybody who keeps its checkpoints, and write the last line "
                "of the file «audit/key» down where you wrote the first."
            )
        )
        return self._told(signed, as_json=as_json)

    def _require_yes(self, lost: str) -> None:
        """Raises NotConfirmed."""
        self.stderr.write(
            _(
                "The key %(key)s that signed the log is lost. A new key can't show that it is yours: whoever verifies "
                "the log is told of the change, for ever. If a copy of the file «audit/signing-key» may be left "
                "anywhere, stop here and put that back."
            )
            % {"key": lost}
        )
        self.stderr.write(_("Type %(key)s to make a new key: ") % {"key": lost}, ending="")
        self.stderr.flush()
        if sys.stdin.readline(_LONGEST_ANSWER).strip() != lost:
            raise NotConfirmed

    def _checkpoint(self, *, as_json: bool) -> int:
        return self._told(log_services.sign_checkpoint(at=timezone.now()), as_json=as_json)

    def _told(self, signed: Checkpoint, *, as_json: bool) -> int:
        if as_json:
            self.say_json(_as_json(signed))
        else:
            self.stdout.write(signed.note.decode(), ending="")
        return 0


def _note_in(name: str) -> bytes:
    """The checkpoint that the file ends with, as a mail does. Raises NoCheckpoint."""
    try:
        if name == "-":
            content = sys.stdin.buffer.read(_LONGEST_CHECKPOINT)
        else:
            with opened.open_binary(name) as stream:
                content = stream.read(_LONGEST_CHECKPOINT)
    except OSError as cause:
        raise NoCheckpoint(
            _(
                "The file %(file)s can't be opened. Is the name right, and may you read it? Nothing was changed."
            )
            % {"file": name}
        ) from cause
    text = b"\n" + content.replace(b"\r\n", b"\n").strip() + b"\n"
    note = text[max(text.rfind(_BEGINS), 0) + 1 :]
    try:
        checkpoint_files.read(note)
    except NotANote as cause:
        raise NoCheckpoint(
            _(
                "The file %(file)s holds no checkpoint. Nothing was changed. A checkpoint begins with a line "
                "«tryggve/…» and ends with a signature."
            )
            % {"file": name}
        ) from cause
    return note


def _target(name: str) -> BinaryIO | Path:
    """Where to; asked before anything is logged. Raises AlreadyThere and NotOnATerminal."""
    if name != "-":
        path = Path(name)
        if path.exists():
            raise log_services.AlreadyThere
        return path
    if sys.stdout.isatty():
        raise NotOnATerminal(
            _("The log is a ZIP file, nothing for a terminal. Name a file, or lead the output into one.")
        )
    return sys.stdout.buffer


def _as_json(signed: Checkpoint) -> dict[str, Any]:
    return {
        "epoch": signed.epoch,
        "size": signed.size,
        "root": signed.root.hex(),
        "at": signed.at,
        "note": signed.note.decode(),
    }
