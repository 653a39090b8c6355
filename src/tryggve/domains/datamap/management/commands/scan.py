import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.domains.datamap import scanning, walking
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.management.scan_summary import ScanSummary, shown
from tryggve.domains.datamap.words import files as words
from tryggve.domains.datamap.words import kinds
from tryggve.lib.command import Command as OurCommand
from tryggve.lib.errors import Refusal

_BACK_AND_CLEAR = "\r\x1b[K"


class NothingThere(Refusal):
    sentence = gettext_lazy("There is neither a file nor a folder called %(path)s. Nothing was looked at.")


class MayNotLook(Refusal):
    sentence = gettext_lazy("You may not look into %(path)s as this user. Nothing was looked at.")


class Command(OurCommand):
    help = _("Personal data in files and folders. It changes nothing, and nothing that is found is kept.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("path", help=_("a file or a folder"))
        parser.add_argument("--values", action="store_true", help=_("show what was found, not masked"))

    def run(self, options: dict[str, Any]) -> int:
        _require_reachable(options["path"])
        tell = self._tell_as_json if options["json"] else self._tell
        began, summary = time.monotonic(), ScanSummary()
        is_silent = not (options["json"] or options["values"])
        for path, found in _scanned(options["path"], summary, shows_progress=is_silent):
            summary.add(path, found)
            if not is_silent:
                tell(path, found, with_value=options["values"])
        if options["json"]:
            self._say_line({"summary": summary.as_json(time.monotonic() - began)})
        else:
            self.say("\n".join(summary.told()))
        return 0

    def _tell(self, path: str, found: Finding | NotScanned, *, with_value: bool) -> None:
        if with_value and isinstance(found, Finding):
            place = ", ".join(filter(None, [path, words.where(dict(found.where))]))
            self.say(f"{shown(place)}: {kinds.name(found.kind)}: {shown(' '.join(found.value.split()))}")

    def _tell_as_json(self, path: str, found: Finding | NotScanned, *, with_value: bool) -> None:
        self._say_line(_told(path, found, with_value=with_value))

    def _say_line(self, told: dict[str, Any]) -> None:
        # Of a name that is no text its odd bytes go out as the lone surrogates by which Python knows them again.
        self.stdout.write(json.dumps(told, ensure_ascii=True))


def _require_reachable(path: str) -> None:
    try:
        os.stat(path)  # noqa: PTH116 - may be no valid text
    except PermissionError:
        raise MayNotLook(path=shown(path)) from None
    except OSError:
        raise NothingThere(path=shown(path)) from None


def _scanned(
    root: str, summary: ScanSummary, *, shows_progress: bool
) -> Iterator[tuple[str, Finding | NotScanned]]:
    files = walking.files_below(root)
    with scanning.scanner() as scanner, _progress(len(files), is_shown=shows_progress) as tell_progress:
        for file in files:
            tell_progress(summary.files)
            summary.files += 1
            for found in scanner.scan(file, walking.opened(file)):
                yield file.path, found


@contextmanager
def _progress(count: int, *, is_shown: bool) -> Iterator[Callable[[int], None]]:
    """For who sits at the terminal; gone when it ends, however that is."""
    is_shown = is_shown and sys.stderr.isatty()

    def tell(done: int) -> None:
        if is_shown:
            told = _("%(done)d of %(count)d files looked through …") % {"done": done, "count": count}
            sys.stderr.write(_BACK_AND_CLEAR + told)
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if is_shown:
            sys.stderr.write(_BACK_AND_CLEAR)
            sys.stderr.flush()


def _told(path: str, found: Finding | NotScanned, *, with_value: bool) -> dict[str, Any]:
    if isinstance(found, NotScanned):
        inside = {"part": "/".join(found.inside)} if found.inside else {}
        return {"path": path, "not_scanned": True, "reason": found.reason, **inside}
    told = {
        "path": path,
        "kind": found.kind,
        "where": found.where,
        "confidence": found.confidence.name.lower(),
        "sample": found.sample,
    }
    return {**told, "value": found.value} if with_value else told
