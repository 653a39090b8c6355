"""Places that would keep what is erased, copy themselves, or run programs: none of them is taken."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tryggve.domains.backups import place_access
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import Untold, access_of
from tryggve.domains.backups.services import folders as own_folders
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import Wanted, refusals, suitable
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.object_store import ObjectStore
from tryggve.lib import folders

pytestmark = [pytest.mark.process, pytest.mark.django_db]
AT = datetime.now(UTC)


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    with ObjectStore() as store:
        yield store


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of the company's own that is backed up; a disk is mounted in it."""
    (tmp_path / "documents" / "disk").mkdir(parents=True)
    own_folders.add(told=str(tmp_path / "documents"), actor="system", at=AT)
    return tmp_path / "documents"


def _require_fit(fields: dict[str, str]) -> None:
    suitable.require_fit_for_keys("S3", access_of("S3", fields), is_carried=False, at=AT)


def _add(kind: str, fields: dict[str, str], *, keys: bool) -> None:
    wanted = Wanted("Place", kind, holds_data=not keys, holds_keys=keys)
    places.add(wanted=wanted, fields=fields, actor="system", at=AT)


@pytest.mark.parametrize("bucket", ["kept/firm", "kept/", "../kept", "kept firm", "Kept", "kept?x", "-kept"])
def test_folder_in_the_field_of_the_bucket_is_refused(bucket: str) -> None:
    fields = {"endpoint": "https://s3.example", "bucket": bucket, "key_id": "a", "secret": "b"}
    with pytest.raises(Untold):
        access_of("S3", fields)


@pytest.mark.parametrize("content", [b"any file", b"<Status/>", None])
def test_what_answers_of_something_else_than_a_bucket_is_not_believed(
    store: ObjectStore, content: bytes | None
) -> None:
    """Such as where a place that is noted already names a folder in the field of the bucket."""
    bucket = store.bucket("kept", is_versioned=True)
    if content is not None:
        store.client.put_object(Bucket=bucket, Key="firm", Body=content)
    access = access_of("S3", store.fields(bucket))
    access = replace(access, details={**access.details, "bucket": "kept/firm"})
    with pytest.raises((refusals.VersionsUntold, refusals.KeepsVersions)):
        suitable.require_fit_for_keys("S3", access, is_carried=False, at=AT)


def test_bucket_that_kept_versions_once_holds_no_keys(store: ObjectStore) -> None:
    bucket = store.bucket("kept", is_versioned=True)
    told = {"Status": "Suspended"}
    store.client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=told)
    with pytest.raises(refusals.KeepsVersions):
        _require_fit(store.fields(bucket))


def test_bucket_without_versions_or_one_that_is_yet_to_be_made_holds_keys(store: ObjectStore) -> None:
    _require_fit(store.fields(store.bucket("plain")))
    _require_fit(store.fields("to-be-made"))


@pytest.mark.parametrize("keys", [True, False])
def test_place_in_a_folder_that_is_backed_up_is_refused(documents: Path, keys: bool) -> None:
    local = {"remote": "far", "config": "[far]\ntype = local\n"}
    for path in (documents / "disk", documents, documents.parent):
        with pytest.raises(refusals.InOwnFolder):
            _add("FOLDER", {"path": str(path)}, keys=keys)
        with pytest.raises(refusals.InOwnFolder):
            _add("RCLONE", {**local, "path": str(path)}, keys=keys)
    assert not Place.objects.exists()


def test_place_is_not_taken_back_into_a_folder_that_is_backed_up(documents: Path) -> None:
    access = place_access.sealed(Access(str(documents / "disk")))
    row = taken.place(at=AT, seen_at=AT, removed_at=AT, access_sealed=access, holds_keys=False)
    with pytest.raises(refusals.InOwnFolder):
        places.restore(place=row.pk, actor="system", at=AT)


@pytest.mark.parametrize("path", ["", "relative", "{data}", "{data}/files", "{config}"])
def test_rclones_own_folder_here_is_a_whole_path_and_not_tryggves(path: str) -> None:
    here = folders.current()
    told = path.format(data=here.data, config=here.config)
    with pytest.raises(Untold):
        access_of("RCLONE", {"remote": "far", "path": told, "config": "[far]\ntype = local\n"})


_WEBDAV = "[far]\ntype = webdav\nurl = http://127.0.0.1:1\nvendor = other\n"


@pytest.mark.parametrize(
    "config",
    [
        _WEBDAV + "bearer_token_command = /usr/bin/touch {proof}\n",
        _WEBDAV + "pass = x\n  bearer_token_command = /usr/bin/touch {proof}\n",
        _WEBDAV + "[DEFAULT]\nbearer_token_command = /usr/bin/touch {proof}\n",
        _WEBDAV.replace("webdav", "sftp") + "host = a\nssh = /usr/bin/touch {proof}\n",
        _WEBDAV.replace("webdav", "s3") + "env_auth = true\nprofile = a\n",
        "[far]\ntype = alias\nremote = near:\n[near]\ntype = webdav\nurl = http://127.0.0.1:1\n"
        "bearer_token_command = /usr/bin/touch {proof}\n",
        "[far]\ntype = crypt\nremote = near:\n",
        "[far]\nurl = http://127.0.0.1:1\n",
    ],
)  # fmt: skip
def test_rclones_options_that_may_run_a_program_are_refused(config: str, tmp_path: Path) -> None:
    told = config.format(proof=tmp_path / "proof")
    with pytest.raises(Untold):
        _add("RCLONE", {"remote": "far", "config": told}, keys=False)
    assert not (tmp_path / "proof").exists()


def test_of_rclones_configuration_its_one_remote_is_kept_as_it_was(tmp_path: Path) -> None:
    others = "[other]\ntype = dropbox\ntoken = secret\n"
    told = '[far]\ntype = jottacloud\nconfigVersion = 1\ntoken = {"access_token":"a%b","expiry":"2026"}\n'
    (tmp_path / "conf").write_text(
        access_of("RCLONE", {"remote": "far", "config": others + told}).files["rclone.conf"]
    )
    shown = subprocess.run(
        ["rclone", "--config", str(tmp_path / "conf"), "config", "show"], capture_output=True, check=True
    ).stdout.decode()
    assert [line for line in shown.splitlines() if line] == told.splitlines()
