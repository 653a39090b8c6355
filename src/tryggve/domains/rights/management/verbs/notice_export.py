import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tryggve.domains.rights.engine.purposes import LANGUAGES, Language
from tryggve.domains.rights.papers import paper_files
from tryggve.domains.rights.selectors.purposes import notices, records
from tryggve.lib.command import Command
from tryggve.lib.errors import Refusal

_READ_BY_ALL = 0o644
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


class NotWritten(Refusal):
    """The file can't be made there."""


class NotThere(Refusal):
    """There is no such document to export."""


def add(verbs: Any) -> Any:
    """The options of ``notice export``."""
    verb = verbs.add_parser("export", help=_("write the published notice, or the record, to a file"))
    verb.add_argument("--language", choices=LANGUAGES, required=True, help=_("in which language"))
    verb.add_argument(
        "--format",
        choices=sorted(paper_files.MEDIA_TYPES),
        default="pdf",
        help=_("what kind of file (pdf); csv is the record of processing, a row for each purpose"),
    )
    verb.add_argument(
        "--record", action="store_true", help=_("the record of processing, in place of the notice")
    )
    verb.add_argument(
        "--output", metavar="FILE", required=True, help=_("the file to write; - writes to standard output")
    )
    return verb


def run(command: Command, options: dict[str, Any], *, today: date) -> int:
    """Write it. Raises NotThere, NotWritten and NoPdfHere; no file is left then."""
    language: Language = options["language"]
    is_record = options["record"] or options["format"] == "csv"
    file = _record(language, options["format"], today) if is_record else _notice(language, options["format"])
    name: str = options["output"]
    if name == "-":
        sys.stdout.buffer.write(file.content)
        return 0
    _write(file.content, name)
    if options["json"]:
        command.say_json(
            {"file": name, "bytes": len(file.content), "kind": "record" if is_record else "notice"}
        )
    elif is_record:
        command.say(_("The record of processing was written to %(file)s.") % {"file": name})
    else:
        command.say(_("The privacy notice was written to %(file)s.") % {"file": name})
    return 0


def _notice(language: Language, form: str) -> paper_files.File:
    try:
        return paper_files.as_file(notices.current_notice(language).paper, form)
    except notices.NoSuchNotice as cause:
        raise NotThere(
            _("No privacy notice is published in that language. «notice list» shows what is.")
        ) from cause


def _record(language: Language, form: str, today: date) -> paper_files.File:
    found = records.the_record(language, today=today)
    if found.paper is None:
        raise NotThere(_("The record of processing isn't whole yet. Its page shows what is missing."))
    if form == "csv":
        return paper_files.named("record", language, today, form, records.the_record_as_csv(language))
    return paper_files.as_file(found.paper, form)


def _write(content: bytes, name: str) -> None:
    try:
        out = os.fdopen(os.open(name, _NEW, _READ_BY_ALL), "wb")
    except FileExistsError as cause:
        raise NotWritten(
            _("There is a file of that name already. Nothing was written over. Choose another name.")
        ) from cause
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
