from pathlib import Path

import pytest
from django.db import connection

from tests.cast import NOW
from tryggve import vault
from tryggve.domains.setup import installation
from tryggve.lib import folders as folder
from tryggve.lib.folders import Folders


@pytest.mark.django_db
def test_database_in_use_without_its_key_store_gets_no_new_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL tells by its tables that it was used, SQLite by its file."""
    firm = Folders(data=tmp_path / "data", config=tmp_path / "config")
    monkeypatch.setenv("TRYGGVE_DATA", str(firm.data))
    monkeypatch.setenv("TRYGGVE_CONFIG", str(firm.config))
    folder.create(firm)
    if connection.vendor == "sqlite":
        firm.database.write_bytes(b"SQLite format 3")
    with pytest.raises(vault.KeyStoreMissing, match="put the newest copy of the file back"):
        installation.prepare(firm, at=NOW)
    assert (firm.keys.exists(), firm.key_file.exists()) == (False, False)
