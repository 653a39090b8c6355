"""``customers import|find|show`` in this process: shapes, statuses, odd files and odd names."""

import json
import threading
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command, load_command_class

from tests import commands
from tests.cast import CILLA, DAN
from tryggve.audit import selectors as audit
from tryggve.domains.customers.management.commands import customers as command
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import import_batch, import_turn, imports
from tryggve.domains.customers.tests.engine.ole_files import ole_file
from tryggve.domains.customers.tests.engine.workbooks import workbook
from tryggve.domains.customers.tests.lists import add, csv_of, in_force, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]
BRIEF = ["id", "name", "kind", "emails", "phones", "tags", "responsible"]


def _run(*words: str) -> tuple[int, str]:
    return commands.run("customers", "customers", *words)


def _json(*words: str) -> Any:
    status, out = _run(*words, "--json")
    assert status == 0
    return json.loads(out)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kunder.csv"


def test_import_prints_one_object(file: Path) -> None:
    file.write_bytes(
        csv_of("Åsa Ek;asa@example.se", "Åsa Ek;asa@example.se;08-465 004 00", "Bo;bo@", "", "Summa")
    )
    told = _json("import", str(file))
    [asa] = Customer.objects.values_list("pk", flat=True)
    assert told == {
        "rows": 5,
        "created": 1,
        "updated": 1,
        "unchanged": 0,
        "duplicates": [{"line": 3, "customer": str(asa), "why": "same_person"}],
        "set_aside": [{"line": 4, "column": "E-mail", "reason": "bad_email"}],
        "skipped": [{"line": 5, "reason": "empty"}, {"line": 6, "reason": "total"}],
        "import_id": told["import_id"],
        "kept_columns": ["Shoe size"],
        "identity_numbers": {"columns": [], "saved": 0, "known": 0, "invalid": 0},
    }
    assert UUID(told["import_id"])


def test_rehearsal_prints_the_same_and_has_no_id(file: Path) -> None:
    file.write_bytes(people(range(3)))
    trial = _json("import", str(file), "--dry-run")
    assert (in_force(), trial["import_id"]) == ({}, None)
    assert _json("import", str(file)) | {"import_id": None} == trial


def test_import_in_words_and_by_whom(file: Path) -> None:
    file.write_bytes(people(range(3)))
    status, told = _run("import", str(file), "--source", "autumn fair")
    assert (status, told.splitlines()[0]) == (0, "3 lines: 3 new, 0 updated, 0 unchanged.")
    assert audit.newest_entries(limit=1)[0].actor.startswith("machine:")
    assert {details.source for details in in_force().values()} == {"autumn fair"}


def test_find_prints_a_list_best_first() -> None:
    cilla, _dan = add(CILLA, DAN)
    assert _json("find", "akerstrom") == [
        {
            "id": str(cilla),
            "name": "Cilla Åkerström",
            "kind": "person",
            "emails": ["cilla@example.se"],
            "phones": ["070-174 06 05"],
            "tags": ["vip"],
            "responsible": None,
        }
    ]
    assert [one["name"] for one in _json("find", "example")] == ["Cilla Åkerström", "Dan Sørensen"]
    assert list(_json("find", "dan")[0]) == BRIEF


@pytest.mark.parametrize(("limit", "shown"), [("1", 1), ("100000", 2), ("0", 0), ("-3", 0)])
def test_find_shows_no_more_than_asked_for(limit: str, shown: int) -> None:
    add(CILLA, DAN)
    status, out = _run("find", "example", "--limit", limit, "--json")
    assert (len(json.loads(out)), status) == (shown, 0 if shown else 1)


def test_find_in_words_and_nobody() -> None:
    [cilla] = add(CILLA)
    assert _run("find", "cilla") == (0, f"{cilla}  Cilla Åkerström  (cilla@example.se, 070-174 06 05)\n")
    assert _run("find", "zzz") == (1, "Nobody found.\n")
    assert _run("find", "zzz", "--json") == (1, "[]\n")


def test_show_prints_all_details() -> None:
    [cilla] = add(CILLA)
    told = _json("show", str(cilla))
    assert told == _json("find", "cilla")[0] | {
        "organisation": "",
        "addresses": [{"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": ""}],
        "note": "Likes to be called in the morning.",
        "source": "autumn fair",
        "created_at": "2026-03-02T08:00:00+00:00",
        "changed_at": "2026-03-02T08:00:00+00:00",
    }


def test_show_in_words_and_nobody() -> None:
    [cilla] = add(CILLA)
    assert _run("show", str(cilla))[1].splitlines()[0] == "Name: Cilla Åkerström"
    assert _run("show", str(UUID(int=1))) == (1, "There is no such customer.\n")
    assert _run("show", str(UUID(int=1)), "--json") == (1, "null\n")
    with pytest.raises(command.NotAnId):
        _run("show", "Cilla")


def test_options_stand_before_or_after_the_verb() -> None:
    add(CILLA)
    assert (
        _run("--json", "find", "cilla") == _run("find", "--json", "cilla") == _run("find", "cilla", "--json")
    )


def test_bytes_that_are_no_letters_are_no_fault_of_the_program(file: Path) -> None:
    file.write_bytes(people(range(1)))
    assert _run("find", "\udce5sa") == (1, "Nobody found.\n")
    assert _run("import", str(file), "--source", "m\udce4ssan")[0] == 0
    assert [details.source for details in in_force().values()] == ["m\ufffdssan"]


ODD_FILES = {
    "empty": (b"", "The file is empty."),
    "white space": (b" \n\n", "The file is empty."),
    "binary": (b"\x7fELF" + bytes(range(256)) * 9, "This is not a list"),
    "truncated": (workbook([["Name"], ["Bo"]])[:600], "The file ends in the middle."),
    "password": (
        ole_file({"EncryptionInfo": b"x", "EncryptedPackage": bytes(99)}),
        "The file is protected by a password.",
    ),
    "too large": (b"Name\n" * (imports.LARGEST_BYTES // 5 + 1), "The file is larger"),
    "ten thousand columns": (b";".join([b"Name"] * 10_000) + b"\nBo\n", "There are more columns"),
    "no headings": (b"1;2\n3;4\n", "No row of headings"),
}


@pytest.mark.parametrize(("content", "words"), ODD_FILES.values(), ids=ODD_FILES)
def test_file_that_is_no_list_is_refused_in_words(content: bytes, words: str, file: Path) -> None:
    file.write_bytes(content)
    for more in ([], ["--dry-run"]):
        with pytest.raises(import_batch.FileRefused) as refused:
            _run("import", str(file), *more)
        assert str(refused.value).startswith(words)
        assert str(refused.value).endswith("Nothing was changed.")
    assert Customer.objects.count() == 0


def test_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    for name in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(command.FileUnreachable):
            _run("import", str(name))


def test_odd_names_come_in_and_are_found(file: Path) -> None:
    names = ["<script>alert(1)</script>", "\u202eevil\u202c Ek", "🙂 Åsa", "Robert') DROP TABLE--", "=1+1"]
    file.write_bytes(csv_of(*(f"{name};k{number}@example.se" for number, name in enumerate(names))))
    assert _json("import", str(file))["created"] == len(names)
    assert {one["name"] for one in _json("find", "example")} == set(names)
    for name in names:
        assert [one["name"] for one in _json("find", name)] == [name]


def test_name_of_ten_thousand_letters_is_set_aside(file: Path) -> None:
    file.write_bytes(csv_of("x" * 10_000 + ";x@example.se"))
    assert _json("import", str(file))["set_aside"] == [{"line": 2, "column": "Name", "reason": "too_long"}]


def test_formula_cells_give_their_results(file: Path) -> None:
    file.write_bytes(workbook([["Name", "E-mail"], ["=A1", "x@example.se"], ["Bo", "bo@example.se"]]))
    told = _json("import", str(file))
    assert (told["created"], told["set_aside"]) == (
        1,
        [{"line": 2, "column": "Name", "reason": "cell_error"}],
    )


@pytest.mark.django_db(transaction=True)
def test_import_says_that_it_waits_for_another(file: Path) -> None:
    file.write_bytes(people(range(2)))
    other = ExitStack()

    class Terminal(StringIO):
        def write(self, text: str) -> int:
            other.close()
            return super().write(text)

    told, late = Terminal(), threading.Timer(30, other.close)
    other.enter_context(import_turn.turn())
    late.start()
    command_itself = load_command_class("tryggve.domains.customers", "customers")
    call_command(command_itself, "import", str(file), stdout=StringIO(), stderr=told)
    late.cancel()
    assert "Another list is being brought in; this one waits for it." in told.getvalue()
    assert len(in_force()) == 2
