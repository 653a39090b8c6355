import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, ClassVar
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.accounts.commands import PolicedCommand
from tryggve.audit import actors, checkpoints
from tryggve.audit.notes import NotANote
from tryggve.audit.tiles import Unreadable
from tryggve.domains.protection import report_files
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import reports as selectors
from tryggve.domains.protection.selectors.report_content import Wanted
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.domains.protection.services import reports as services
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.language import LANGUAGES
from tryggve.lib.pdf import can_make_pdf

_FIRST_DAY = date(2000, 1, 1)
_OWNER_ALONE = 0o600
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_READERS = [one.value.lower() for one in Report.Reader]


class NotWritten(Refusal):
    """The file can't be made there."""


class BadPeriod(Refusal):
    """The days can't be a report's."""

    sentence: ClassVar = gettext_lazy(
        "The first day must come before the last, and both must lie between the year 2000 and today."
    )


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {"": "protection.make-report"}
    help = _("Make a report on the protections, as PDF or as a signed file.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--for", dest="reader", choices=_READERS, default="own", help=_("who is to read it")
        )
        parser.add_argument("--language", choices=LANGUAGES, help=_("in which language"))
        parser.add_argument(
            "--since", type=date.fromisoformat, metavar="DAY", help=_("what happened from that day")
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, metavar="DAY", help=_("what happened up to that day")
        )
        parser.add_argument(
            "--with-names", action="store_true", help=_("name those who vouched for something")
        )
        parser.add_argument(
            "--format", choices=sorted(report_files.FORMS), default="pdf", help=_("what kind of file (pdf)")
        )
        parser.add_argument(
            "--output",
            metavar="FILE",
            required=True,
            help=_("the file to write; - writes to standard output"),
        )

    def run(self, options: dict[str, Any]) -> int:
        setup.require()
        now, name = timezone.now(), options["output"]
        wanted = _wanted(options, now=now)
        _require_can_be_made(options["format"], now=now)
        with _new_file(name) as out:
            made = services.make_report(
                wanted, with_names=options["with_names"], actor=actors.this_account(), at=now
            )
            file = _file(made, options["format"])
            _write(file.content, out)
        if name == "-":
            return 0
        if options["json"]:
            digest = selectors.report(made, with_names=True).digest
            self.say_json({"file": name, "bytes": len(file.content), "report": digest})
        else:
            self.say(_("The report was written to %(file)s.") % {"file": name})
        return 0


def _wanted(options: Mapping[str, Any], *, now: datetime) -> Wanted:
    """Raises BadPeriod."""
    today = timezone.localdate(now)
    usual = Period.of_year(None, today=today)
    period = Period(options["since"] or usual.since, options["until"] or usual.until)
    if not _FIRST_DAY <= period.since <= period.until <= today:
        raise BadPeriod
    language = options["language"] or setup.firm_language()
    return Wanted(Report.Reader(options["reader"].upper()), language, period)


def _require_can_be_made(form: str, *, now: datetime) -> None:
    """Asked before it is made. Raises NoPdfHere; for the signed file LogUnreadable, and as checkpoints.sign does."""
    if form == "pdf":
        if not can_make_pdf():
            raise report_files.NoPdfHere
        return
    try:
        checkpoints.sign(now=now)
    except (Unreadable, NotANote, OSError) as cause:
        raise selectors.LogUnreadable from cause


def _file(made: UUID, form: str) -> report_files.File:
    if form == "json":
        return report_files.as_json(selectors.signed_report(made))
    return report_files.as_pdf(selectors.report(made, with_names=True))


@contextmanager
def _new_file(name: str) -> Iterator[BinaryIO]:
    """Where to write: a file for the owner alone, which isn't left where nothing comes of it. Raises NotWritten."""
    if name == "-":
        yield sys.stdout.buffer
        return
    try:
        made = os.fdopen(os.open(name, _NEW, _OWNER_ALONE), "wb")
    except FileExistsError as cause:
        raise NotWritten(
            _("There is a file of that name already. Nothing was written over. Choose another name.")
        ) from cause
    except OSError as cause:
        raise _not_written() from cause
    try:
        with made:
            yield made
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _write(content: bytes, out: BinaryIO) -> None:
    try:
        out.write(content)
        out.flush()
    except OSError as cause:
        raise _not_written() from cause


def _not_written() -> NotWritten:
    return NotWritten(
        _(
            "The file can't be written there: the folder, its rights or the disk don't allow it. No file was left."
        )
    )
