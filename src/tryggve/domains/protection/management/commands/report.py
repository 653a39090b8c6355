import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.accounts.commands import PolicedCommand
from tryggve.audit import actors
from tryggve.domains.protection import report_files
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import reports as selectors
from tryggve.domains.protection.selectors.report_content import Wanted
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.domains.protection.services import reports as services
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.language import LANGUAGES

_OWNER_ALONE = 0o600
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_READERS = [one.value.lower() for one in Report.Reader]


class NotWritten(Refusal):
    """The file can't be made there."""


class BadPeriod(Refusal):
    """The days can't be a report's."""

    sentence: ClassVar = gettext_lazy(
        "The first day must come before the last, and the last can't be in the future."
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
        if name != "-" and Path(name).exists():
            raise NotWritten(
                _("There is a file of that name already. Nothing was written over. Choose another name.")
            )
        made = services.make_report(
            _wanted(options, now=now), with_names=options["with_names"], actor=actors.this_account(), at=now
        )
        file = _file(made, options["format"])
        if name == "-":
            sys.stdout.buffer.write(file.content)
            return 0
        _write(file.content, name)
        if options["json"]:
            self.say_json(
                {
                    "file": name,
                    "bytes": len(file.content),
                    "report": selectors.report(made, with_names=True).digest,
                }
            )
        else:
            self.say(_("The report was written to %(file)s.") % {"file": name})
        return 0


def _wanted(options: Mapping[str, Any], *, now: datetime) -> Wanted:
    """Raises BadPeriod."""
    today = timezone.localdate(now)
    usual = Period.of_year(None, today=today)
    period = Period(options["since"] or usual.since, options["until"] or usual.until)
    if not period.since <= period.until <= today:
        raise BadPeriod
    language = options["language"] or setup.firm_language()
    return Wanted(Report.Reader(options["reader"].upper()), language, period)


def _file(made: UUID, form: str) -> report_files.File:
    if form == "json":
        return report_files.as_json(selectors.signed_report(made))
    return report_files.as_pdf(selectors.report(made, with_names=True))


def _write(content: bytes, name: str) -> None:
    try:
        out = os.fdopen(os.open(name, _NEW, _OWNER_ALONE), "wb")
    except OSError as cause:
        raise _not_written() from cause
    try:
        with out:
            out.write(content)
    except OSError as cause:
        with suppress(OSError):
            Path(name).unlink()
        raise _not_written() from cause


def _not_written() -> NotWritten:
    return NotWritten(
        _(
            "The file can't be written there: the folder, its rights or the disk don't allow it. No file was left."
        )
    )
