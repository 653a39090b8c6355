"""A whole pair brought to another computer by each protocol, and brought back from there: real servers on loopback.

Empty repositories lie there already and are taken up: each run with one that restic makes takes half a second longer.
"""

import getpass
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.utils import timezone

from tests.cast import CILLA, DAN
from tryggve.audit import sequencer
from tryggve.domains.backups import place_trials
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.place_access import DATA, KEYS
from tryggve.domains.backups.place_kinds import sftp
from tryggve.domains.backups.services import places, restore_tests
from tryggve.domains.backups.services.places import Wanted
from tryggve.domains.backups.tests import cheap_repositories, here
from tryggve.domains.backups.tests.here import tidy
from tryggve.domains.backups.tests.object_store import ObjectStore
from tryggve.domains.backups.tests.rest_server import RestServer
from tryggve.domains.backups.tests.sftp_server import SftpServer
from tryggve.domains.customers.tests.lists import add

__all__ = ["tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
Fields = Mapping[str, str]
Began = Callable[[ExitStack, Path, Path], Fields]
_PASSWORD = "of backups that lie there"


def _sftp(until_the_end: ExitStack, folder: Path, empty: Path) -> Fields:
    """As whoever added Tryggve's key there."""
    server, pair = until_the_end.enter_context(SftpServer(folder)), sftp.new_key_pair()
    server.let_in(pair.public)
    shutil.copytree(empty, server.home, dirs_exist_ok=True)
    return {
        "host": "127.0.0.1",
        "port": str(server.port),
        "user": getpass.getuser(),
        "path": str(server.home),
        "private_key": pair.private,
        "host_key": sftp.host_key("127.0.0.1", str(server.port)).line,
    }


def _s3(until_the_end: ExitStack, _folder: Path, empty: Path) -> Fields:
    store = until_the_end.enter_context(ObjectStore())
    fields = store.fields(store.bucket("backups"))
    for path in (one for one in empty.rglob("*") if one.is_file()):
        name = f"{fields['prefix']}/{path.relative_to(empty)}"
        store.client.put_object(Bucket="backups", Key=name, Body=path.read_bytes())
    return fields


def _rest(until_the_end: ExitStack, folder: Path, empty: Path) -> Fields:
    server = until_the_end.enter_context(RestServer(folder))
    shutil.copytree(empty, server.home, dirs_exist_ok=True)
    return server.fields


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder with both repositories in it."""
    for name in (DATA, KEYS):
        cheap_repositories.make(tmp_path / "empty" / name, _PASSWORD)
    return tmp_path / "empty"


@pytest.fixture
def until_the_end() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.mark.usefixtures("firm", "tidy")
@pytest.mark.parametrize(("kind", "began"), [("SFTP", _sftp), ("S3", _s3), ("REST", _rest)])
def test_pair_goes_there_and_is_restored_from_there(
    kind: str,
    began: Began,
    until_the_end: ExitStack,
    empty: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(place_trials, "DELETION_SECONDS", 6.0)
    fields = began(until_the_end, tmp_path / "server", empty)
    wanted = Wanted("Far", kind, holds_data=True, holds_keys=True, is_elsewhere=True, password=_PASSWORD)
    far = places.add(wanted=wanted, fields=fields, actor="system", at=timezone.now())
    add(CILLA, DAN)
    sequencer.sequence(now=timezone.now())

    run = here.taken()
    assert (run.state, run.cause, here.copies(run)) == (
        Run.State.DONE, "", {"Far DATA": "", "Far KEYS": ""}
    )  # fmt: skip
    row = restore_tests.make(now=timezone.now)
    assert (row.state, row.cause, row.place_id, row.run) == ("PASSED", "", far.id, run)
    counted = {name: row.found[name] for name in ("elsewhere", "customers", "made_up")}
    assert counted == {"elsewhere": 1, "customers": 2, "made_up": 1}
