from pathlib import Path

import pytest

from tryggve.domains.backups.services.restoring import whereabouts
from tryggve.domains.backups.services.restoring.whereabouts import NoSuchPlace


def test_folder_and_what_needs_no_secret(tmp_path: Path) -> None:
    assert whereabouts.access_to(f"{tmp_path}/").location == str(tmp_path)
    assert whereabouts.access_to("rclone:cloud:backup").location == "rclone:cloud:backup"
    assert [list(whereabouts.secrets_of(one)) for one in (str(tmp_path), "rclone:a:b", "sftp:a:b")] == [
        [],
        [],
        [],
    ]


def test_secrets_go_where_nobody_else_looks() -> None:
    assert len(whereabouts.secrets_of("s3:https://store.example/bucket")) == 2
    found = whereabouts.access_to("s3:https://store.example/bucket", ["id", "secret"])
    assert (found.location, dict(found.environment)) == (
        "s3:https://store.example/bucket",
        {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"},
    )
    found = whereabouts.access_to("rest:https://rest.example:8000/anna/", ["anna", "p@ss/word"])
    assert found.location == "rest:https://anna:p%40ss%2Fword@rest.example:8000/anna/"
    assert (
        whereabouts.access_to("rest:http://rest.example/", ["", ""]).location == "rest:http://rest.example/"
    )


def test_server_by_ssh_with_port_and_key() -> None:
    access = whereabouts.access_to("sftp://anna@nas.example:2222//srv/a", ssh_key="a key")
    [option] = access.options
    assert option.startswith("sftp.command=ssh -o BatchMode=yes")
    assert option.endswith("-i '{files}/key' -p 2222 anna@nas.example -s sftp")
    assert access.files == {"key": "a key"}
    [option] = whereabouts.access_to("sftp:anna@nas.example:/srv/a").options
    assert option.endswith("-o ConnectTimeout=20 anna@nas.example -s sftp")


@pytest.mark.parametrize(
    "told",
    ["", "relative/path", "/nowhere/at/all", "http://example.se", "sftp:", "sftp:-oProxyCommand=x:/srv/a"],
)
def test_what_is_no_place_is_refused(told: str) -> None:
    with pytest.raises(NoSuchPlace):
        whereabouts.access_to(told)
