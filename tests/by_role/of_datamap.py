"""A folder with files that were looked through, a scan under way and one that waits, for the addresses about them."""

from datetime import datetime
from typing import Any

from tests.by_role.rows import rows
from tryggve.domains.datamap.models import Scan, Source
from tryggve.domains.datamap.services import deleting, reviewing, sources
from tryggve.domains.datamap.tests import mapped
from tryggve.lib import folders
from tryggve.lib.ids import new_id

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
datamap:overview                GET       s    u    +    +    +    -    -    -    +    +
datamap:goal                    GET,POST  s    u    +    +    +    -    -    -    -    -
datamap:source-add              GET,POST  s    u    ^    ^    ^    -    -    -    -    -
datamap:mailbox-add             GET,POST  s    u    ^    ^    ^    -    -    -    -    -
datamap:source-change           GET,POST  s    u    ^    ^    ^    -    -    -    -    -
datamap:source-remove           POST      s    u    +    +    +    -    -    -    -    -
datamap:source-restore          POST      s    u    ^    ^    ^    -    -    -    -    -
datamap:scan                    POST      s    u    +    +    +    -    -    -    -    -
datamap:scan-pause              POST      s    u    +    +    +    -    -    -    -    -
datamap:scan-go-on              POST      s    u    +    +    +    -    -    -    -    -
datamap:scan-stop               POST      s    u    +    +    +    -    -    -    -    -
datamap:files                   GET       s    u    ^    ^    ^    -    -    -    -    -
datamap:unread                  GET       s    u    ^    ^    ^    -    -    -    -    -
datamap:same                    GET       s    u    ^    ^    ^    -    -    -    -    -
datamap:people                  GET       s    u    ^    ^    ^    -    -    -    -    -
datamap:bulk-delete             POST      s    u    ^    ^    ^    -    -    -    -    -
datamap:bulk-review             POST      s    u    ^    ^    ^    -    -    -    -    -
datamap:file                    GET       s    u    ^    ^    ^    -    -    -    -    -
datamap:review                  GET,POST  s    u    +    +    +    -    -    -    -    -
datamap:review-back             POST      s    u    +    +    +    -    -    -    -    -
datamap:delete                  GET,POST  s    u    ^    ^    ^    -    -    -    -    -
datamap:import                  POST      s    u    +    +    -    -    -    -    -    -
datamap:move                    GET,POST  s    u    ^    ^    ^    -    -    -    -    -
datamap:receipts                GET       s    u    ^    ^    ^    -    -    -    -    -
datamap:receipt                 GET       s    u    ^    ^    ^    -    -    -    -    -
datamap:have-back               POST      s    u    ^    ^    ^    -    -    -    -    -
""")


def things(at: datetime) -> dict[str, Any]:
    home = folders.current().data.parent / f"looked through, {new_id()}"
    home.mkdir()
    disk = mapped.folder(home / "disk", at=at)
    gone = mapped.folder(home / "gone", title="Gone", at=at)
    sources.remove(source=gone.pk, actor="system", at=at)
    files = [
        mapped.lying(disk, home / f"disk/{name}.csv", mapped.people(range(3)))
        for name in ("a", "b", "c", "d")
    ]
    reviewing.review(file=files[1].pk, reason="The law", actor="system", at=at)
    return {
        "source": disk.pk,
        "datamap:source-restore source": gone.pk,
        "scan": _open(mapped.folder(home / "runs", title="Runs", at=at), Scan.State.WAITING, at),
        "datamap:scan-go-on scan": _open(
            mapped.folder(home / "waits", title="Waits", at=at), Scan.State.PAUSED, at
        ),
        "file": files[0].pk,
        "datamap:review-back file": files[1].pk,
        # Really deleted, whatever becomes of the rows.
        "datamap:delete file": files[3].pk,
        "copy": deleting.delete(file=files[2].pk, actor="system", at=at).pk,
    }


def bodies(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    ticked = {"files": [str(things["file"])]}
    return {
        "datamap:goal": {"places": "50"},
        "datamap:source-add": {"title": "Mallory's", "where": "/"},
        "datamap:bulk-delete": ticked,
        "datamap:bulk-review": {**ticked, "sure": "yes", "reason": "Because"},
        "datamap:review": {"reason": "Because"},
    }


def _open(source: Source, state: Scan.State, at: datetime) -> Any:
    return Scan.objects.create(source=source, why="ASKED", state=state, asked_at=at).pk
