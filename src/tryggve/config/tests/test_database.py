from pathlib import Path
from typing import Any

import pytest

from tryggve.config import database, postgresql
from tryggve.lib.folders import Folders


@pytest.fixture
def firm(tmp_path: Path) -> Folders:
    return Folders(data=tmp_path / "data", config=tmp_path)


def _settings(firm: Folders, address: str) -> dict[str, Any]:
    firm.database_url_file.write_text(address)
    return database.database_of(firm)


def test_database_is_sqlite_in_the_data_folder_unless_another_is_named(firm: Folders) -> None:
    settings = database.database_of(firm)
    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == firm.data / "tryggve.sqlite3"


def test_sqlite_writes_safely_and_waits_for_its_turn(firm: Folders) -> None:
    options = database.database_of(firm)["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert sorted(options["init_command"].replace("PRAGMA ", "").strip(";").split("; ")) == [
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
        "temp_store=MEMORY",  # else in the system's folder, outside the data folder
    ]


def test_address_with_everything_in_it_is_read(firm: Folders) -> None:
    settings = _settings(firm, "postgresql://anna:hemligt@db.example:5433/firm?sslmode=require\n")
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert tuple(settings[name] for name in names) == (
        "django.db.backends.postgresql",
        "firm",
        "anna",
        "hemligt",
        "db.example",
        "5433",
        {"sslmode": "require"},
    )


@pytest.mark.parametrize(
    ("address", "host", "user"),
    [
        ("postgresql:///firm?host=/var/run/PostgreSQL&user=anna", "/var/run/PostgreSQL", "anna"),
        ("postgres://anna@%2Fvar%2Frun%2FPostgreSQL/firm", "/var/run/PostgreSQL", "anna"),
        ("postgresql:///firm", "", ""),
    ],
)
def test_socket_folder_is_read(firm: Folders, address: str, host: str, user: str) -> None:
    settings = _settings(firm, address)
    assert (settings["NAME"], settings["HOST"], settings["USER"], settings["PORT"]) == (
        "firm",
        host,
        user,
        "",
    )
    assert settings["OPTIONS"] == {}


@pytest.mark.parametrize(
    ("written", "password"), [("p%40ss%2Fw%3Ard%25", "p@ss/w:rd%"), ("a+b", "a+b"), ("s%C3%A4l", "säl")]
)
def test_password_with_signs_is_read(firm: Folders, written: str, password: str) -> None:
    assert _settings(firm, f"postgresql://anna:{written}@db/firm")["PASSWORD"] == password
    assert _settings(firm, f"postgresql://db/firm?user=anna&password={written}")["PASSWORD"] == password


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hemligt",
        "mysql://anna:hemligt@db/firm",
        "sqlite:///hemligt",
        "host=db dbname=firm password=hemligt",
        "postgresql://anna:hemligt@db",
        "postgresql://anna:hemligt@db/firm?no_such_option=hemligt",
        "postgresql://anna:hemligt%zz@db/firm",
    ],
)
def test_address_of_something_else_is_refused_without_quoting_it(firm: Folders, address: str) -> None:
    with pytest.raises(postgresql.DatabaseAddressWrong) as refused:
        _settings(firm, address)
    assert f"{firm.database_url_file} must hold one line: postgresql://" in str(refused.value)
    assert "hemligt" not in str(refused.value)


def test_address_that_is_no_text_is_refused(firm: Folders) -> None:
    firm.database_url_file.write_bytes(b"postgresql://\xff\xfe")
    with pytest.raises(postgresql.DatabaseAddressWrong):
        database.database_of(firm)
