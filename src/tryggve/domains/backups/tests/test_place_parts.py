"""The parts of a place: who signs, what lies there meanwhile, and who opens it."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tryggve.domains.backups import other_computers, s3_asking
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import Untold, access_of, sftp
from tryggve.domains.backups.restic import Place, Repository, files
from tryggve.domains.backups.s3_asking import Bucket
from tryggve.domains.backups.services.places import passwords
from tryggve.domains.backups.tests import cheap_repositories
from tryggve.vault import recovery
from tryggve.vault.recovery import BackupKit

AT = datetime.now(UTC)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(Place(str(tmp_path / "there")), "password", tmp_path / "cache")
    cheap_repositories.make(tmp_path / "there", "password")
    return made


@pytest.mark.parametrize("query", ["versioning=", "prefix=a%2Fb%20c&versions="])
def test_requests_are_signed_as_amazons_own_library_signs_them(
    query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = Bucket("https://s3.example", "firm", "eu-north-1", "AKIAEXAMPLE", "secret/+of forty")
    request = AWSRequest("GET", f"https://s3.example/firm?{query}")
    request.context["payload_signing_enabled"] = True
    moment = AT.replace(microsecond=0)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: moment.replace(tzinfo=None))
    S3SigV4Auth(Credentials(bucket.key_id, bucket.secret), "s3", bucket.region).add_auth(request)
    ours = s3_asking.headers(bucket, "GET", "/firm", query, host="s3.example", at=moment)
    assert ours["Authorization"] == request.headers["Authorization"]


@pytest.mark.parametrize(
    ("host", "is_other"),
    [("localhost", False), ("127.8.0.1", False), ("::1", False), ("[::1]", False), ("", False), ("nas.firm.se", True),
     ("192.0.2.7", True)],
)  # fmt: skip
def test_this_computer_by_any_of_its_names_is_no_other(host: str, is_other: bool) -> None:
    assert other_computers.is_other(host) is is_other


def test_files_of_a_place_lie_there_for_their_owner_alone_and_only_meanwhile(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    left_behind = tmp_path / "run" / f"place-{ended.pid}-killed"
    left_behind.mkdir(parents=True)
    place = Place(
        "sftp:x:/y", {"CONFIG": "{files}/key"}, ("a={files}/key",), {"key": "secret"}, tmp_path / "run"
    )
    with files.laid_out(place, beside=tmp_path) as here:
        key = Path(here.environment["CONFIG"])
        assert (key.read_text(), key.stat().st_mode & 0o777, here.options) == ("secret", 0o600, (f"a={key}",))
        assert (key.parent.stat().st_mode & 0o777, left_behind.exists()) == (0o700, False)
    assert list((tmp_path / "run").iterdir()) == []


def _kit(number: int, password: str | None, *, counts: bool) -> BackupKit:
    return BackupKit(uuid4(), number, counts, password)


@pytest.mark.process
def test_repository_opens_by_each_kit_that_counts_and_by_no_other(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What kits there are is the vault's own affair, and tested there."""
    one, two = _kit(1, "of kit one", counts=True), _kit(2, "of kit two", counts=False)
    monkeypatch.setattr(recovery, "backup_kits", lambda: [one, two])
    passwords.give(repository)
    passwords.give(repository)
    assert len(repository.passwords()) == 3
    by_kit = [Repository(repository.place, one, repository.cache) for one in ("of kit one", "of kit two")]
    assert [one.exists() for one in by_kit] == [True, True]
    monkeypatch.setattr(recovery, "backup_kits", lambda: [two, _kit(3, None, counts=False)])
    passwords.give(repository)
    assert len(repository.passwords()) == 3, "a kit that has to be typed in once more may be the one"
    monkeypatch.setattr(recovery, "backup_kits", lambda: [two])
    passwords.give(repository)
    assert [one.label.startswith("kit-") for one in repository.passwords()] in ([False, True], [True, False])
    assert by_kit[1].exists()


_KEY = sftp.new_key_pair()
_SFTP = {
    "host": "nas.firm.se",
    "user": "firm",
    "path": "/backups",
    "private_key": _KEY.private,
    "host_key": " ".join(_KEY.public.split()[:2]),
}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("SFTP", {**_SFTP, "host": "-oProxyCommand=x"}), ("SFTP", {**_SFTP, "user": "-l"}),
        ("SFTP", {**_SFTP, "user": 'a"\nProxyCommand x'}), ("SFTP", {**_SFTP, "port": "0"}),
        ("SFTP", {**_SFTP, "host_key": "ssh-ed25519 ***"}), ("SFTP", {**_SFTP, "path": ""}),
        ("S3", {"endpoint": "http://s3.example", "bucket": "b", "key_id": "a", "secret": "b"}),
        ("S3", {"endpoint": "https://s3.example", "bucket": "", "key_id": "a", "secret": "b"}),
        ("REST", {"address": "ftp://x"}), ("REST", {"address": "https://a:b@x/"}), ("REST", {"address": "https://x:y/"}),
        ("RCLONE", {"remote": "far", "config": "[other]\ntype = sftp\n"}), ("RCLONE", {"remote": "far", "config": "{"}),
    ],
)  # fmt: skip
def test_what_cant_be_a_place_is_refused_before_anything_is_asked(kind: str, fields: dict[str, str]) -> None:
    with pytest.raises(Untold):
        access_of(kind, fields)


def test_secrets_stand_neither_in_options_nor_in_what_a_page_shows() -> None:
    access = access_of("SFTP", _SFTP)
    rest = access_of("REST", {"address": "https://x.se/", "user": "a", "password": "p@ss"})
    assert _KEY.private not in repr(access) + str(access.options)
    assert (rest.location, "p" in rest.details.values()) == ("rest:https://a:p%40ss@x.se/", False)
    assert isinstance(access, Access)
