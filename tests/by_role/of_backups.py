"""A place, a copy, a test, a folder and another backup, and such as were removed, for the addresses about them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.by_role.rows import rows
from tryggve.domains.backups import place_access
from tryggve.domains.backups.engine.changes import Sign
from tryggve.domains.backups.models import Copy, Folder, Place, RestoreTest
from tryggve.domains.backups.own_folders import sealed_paths
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.services import heartbeats
from tryggve.domains.backups.tests import taken
from tryggve.lib import folders

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
backups:overview                GET       s    u    +    +    +    -    -    -    +    +
backups:run                     POST      s    u    +    +    +    -    -    -    -    -
backups:place-add               GET       s    u    +    +    +    -    -    -    -    -
backups:place-details           GET,POST  s    u    ^    ^    ^    -    -    -    -    -
backups:place                   GET       s    u    +    +    +    -    -    -    +    +
backups:place-change            GET,POST  s    u    +    +    +    -    -    -    -    -
backups:place-access            GET,POST  s    u    ^    ^    ^    -    -    -    -    -
backups:place-try               POST      s    u    +    +    +    -    -    -    -    -
backups:place-remove            POST      s    u    ^    ^    ^    -    -    -    -    -
backups:place-restore           POST      s    u    +    +    +    -    -    -    -    -
backups:copies                  GET       s    u    +    +    +    -    -    -    +    +
backups:copy                    GET       s    u    +    +    +    -    -    -    +    +
backups:signs-answer            POST      s    u    ^    ^    ^    -    -    -    -    -
# The copy that they lie in can't be reached now
backups:files                   GET       s    u    +    +    +    -    -    -    -    -    409
backups:files-find              POST      s    u    +    +    +    -    -    -    -    -
backups:file                    GET,POST  s    u    ^    ^    ^    -    -    -    -    -    409
backups:tests                   GET       s    u    +    +    +    -    -    -    +    +
backups:test                    GET       s    u    +    +    +    -    -    -    +    +
backups:test-ask                POST      s    u    +    +    +    -    -    -    -    -
backups:folders                 GET       s    u    +    +    +    -    -    -    +    +
backups:folder-add              POST      s    u    ^    ^    ^    -    -    -    -    -
backups:folder-remove           POST      s    u    +    +    +    -    -    -    -    -
backups:folder-restore          POST      s    u    ^    ^    ^    -    -    -    -    -
backups:others                  GET       s    u    +    +    +    -    -    -    +    +
backups:other-add               GET,POST  s    u    +    +    +    -    -    -    -    -
backups:other-renew             POST      s    u    +    +    +    -    -    -    -    -
backups:other-remove            POST      s    u    +    +    +    -    -    -    -    -
backups:other-restore           POST      s    u    +    +    +    -    -    -    -    -
backups:computer                GET,POST  s    u    +    +    +    -    -    -    -    -
backups:computer-program        GET       s    u    +    +    +    -    -    -    +    +
backups:elsewhere               GET       s    u    +    +    +    -    -    -    +    +
backups:elsewhere-code          POST      s    u    +    +    +    -    -    -    -    -
backups:lost                    GET       s    u    +    +    +    -    -    -    +    +
""")

_OF = {
    "place": ("place", "place-change", "place-try", "place-remove"),
    "run": ("copy", "signs-answer", "files", "files-find", "file"),
    "test": ("test",),
    "folder": ("folder-remove",),
    "other": ("other-renew", "other-remove"),
}
BODIES: dict[str, dict[str, Any]] = {
    "backups:place-change": {"title": "Mallory's"},
    "backups:files-find": {"name": "offer"},
    "backups:file": {"how": "beside"},
    "backups:computer": {"title": "Mallory's", "every_days": "1"},
    "backups:elsewhere-code": {"code": "0000-0000-0000-0000"},
    "backups:other-add": {"title": "Mallory's", "every_days": "1", "kind": "ADDRESS"},
}


def things(at: datetime) -> dict[str, Any]:
    here = _place("here", at)
    run = taken.run(here, at=at, kinds=Copy.Kind, signs=[Sign.JUMP])
    made: dict[str, Any] = {
        "place": here.pk,
        "run": run.pk,
        "test": RestoreTest.objects.create(place=here, run=run, began_at=at, state="PASSED").pk,
        "folder": _folder("papers", at).pk,
        "other": _other("NAS", at),
    }
    gone = _other("Gone", at)
    heartbeats.remove(heartbeat=gone, actor="system", at=at)
    return {f"backups:{name} {key}": made[key] for key, names in _OF.items() for name in names} | {
        "backups:place-access place": _place("far", at, kind=Place.Kind.RCLONE).pk,
        "backups:place-restore place": _place("gone", at, removed_at=at).pk,
        "backups:folder-restore folder": _folder("gone", at, removed_at=at).pk,
        "backups:other-restore other": gone,
    }


def _place(title: str, at: datetime, **fields: Any) -> Place:
    """One that can't be reached."""
    sealed = place_access.sealed(Access(f"/nowhere/{title}"))
    return taken.place(title, at=at, seen_at=at, access_sealed=sealed, **fields)


def _folder(name: str, at: datetime, **fields: Any) -> Folder:
    """Beside Tryggve's own."""
    path = folders.current().data.parent / f"of the firm, {name}"
    path.mkdir(exist_ok=True)
    return Folder.objects.create(path_sealed=sealed_paths.sealed(path), added_at=at, **fields)


def _other(title: str, at: datetime) -> UUID:
    return heartbeats.add_address(title=title, every_days=1, actor="system", at=at)[0]
