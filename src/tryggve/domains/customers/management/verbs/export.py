import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.customers.selectors import exported
from tryggve.domains.customers.services import export
from tryggve.lib.command import Command
from tryggve.lib.errors import Refusal

_OWNER_ALONE = 0o600
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


class NotWritten(Refusal):
    """The file can't be made there."""


def add(verbs: Any) -> Any:
    """The options of ``customers export``."""
    verb = verbs.add_parser("export", help=_("take customers out as a file"))
    verb.add_argument("file", help=_("the file to write; - writes to standard output"))
    verb.add_argument(
        "--format", choices=sorted(export.ENDINGS), default="csv", help=_("what kind of file (csv)")
    )
    verb.add_argument(
        "--reason",
        default="",
        help=_("why they leave, kept in the log; - reads the reason from standard input"),
    )
    return verb


def run(command: Command, options: dict[str, Any], *, reason: str, at: datetime) -> int:
    """Write everybody. No file is left when it can't become whole.

    Raises NotWritten, export.NoReason, export.NobodyToExport and vault.Locked.
    """
    name: str = options["file"]
    if name == "-" and sys.stdout.isatty() and options["format"] == "xlsx":
        raise NotWritten(_("A workbook is nothing for a terminal. Name a file, or lead the output into one."))
    if name != "-" and os.path.lexists(name):
        raise NotWritten(
            _("There is a file of that name already. Nothing was written over. Choose another name.")
        )
    begun = export.begin_export(
        customers=exported.customers_in_view(reach=EVERYBODY),
        format=options["format"],
        view="all",
        reason=reason,
        actor=actors.this_account(),
        at=at,
    )
    if name == "-":
        _write(begun, sys.stdout.buffer)
    else:
        _write_file(begun, name)
    if begun.unread:
        command.stderr.write(_unread(begun.unread))
    if options["json"] and name != "-":
        command.say_json({"count": begun.count, "unread": begun.unread, "format": begun.format})
    elif name != "-":
        command.say(_written(begun.count) % {"count": begun.count, "file": name})
    return 0


def _write_file(begun: export.Export, name: str) -> None:
    try:
        out = os.fdopen(os.open(name, _NEW, _OWNER_ALONE), "wb")
    except OSError as cause:
        raise _not_written() from cause
    try:
        with out:
            _write(begun, out)
    except BaseException as failure:
        with suppress(OSError):
            Path(name).unlink()
        if isinstance(failure, OSError):
            raise _not_written() from failure
        raise


def _write(begun: export.Export, out: BinaryIO) -> None:
    for piece in begun.pieces():
        out.write(piece)
    out.flush()


def _not_written() -> NotWritten:
    return NotWritten(
        _(
            "The file can't be written there: the folder, its rights or the disk don't allow it. No file was left."
        )
    )


def _unread(count: int) -> str:
    words = ngettext(
        "%(count)d customer is damaged and isn't in the file.",
        "%(count)d customers are damaged and aren't in the file.",
        count,
    )
    return words % {"count": count}


def _written(count: int) -> str:
    return ngettext(
        "%(count)d customer was written to %(file)s. The file isn't encrypted.",
        "%(count)d customers were written to %(file)s. The file isn't encrypted.",
        count,
    )
