"""The commands as one starts them: exit status, standard input, errors on standard error, rights, missing keys."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.program import Program
from tryggve.domains.customers.tests.lists import csv_of

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def register() -> Iterator[Program]:
    """A register that ``customers import -`` has made, with two customers."""
    program = Program()
    done = program.run(
        "customers", "import", "-", "--json", given=csv_of("Åsa Ek;asa@example.se", "Bo;bo@example.se")
    )
    assert (done.returncode, json.loads(done.stdout)["created"]) == (0, 2)
    yield program
    program.clear()


@pytest.fixture
def empty() -> Iterator[Program]:
    """Folders in which nothing was ever begun."""
    program = Program()
    yield program
    program.clear()


def _asked(register: Program, *words: str, given: str = "") -> tuple[int, Any]:
    done = register.run("customers", *words, given=given.encode())
    assert done.stderr == b""
    return done.returncode, json.loads(done.stdout)


def _refused(program: Program, *words: str) -> tuple[int, str]:
    """The exit status and the words on standard error; standard output stays empty."""
    done = program.run("customers", *words)
    assert done.stdout == b""
    told = done.stderr.decode()
    assert "Traceback" not in told
    return done.returncode, told


def test_find_and_show_take_their_words_from_standard_input(register: Program) -> None:
    status, [asa] = _asked(register, "--json", "find", "-", given="åsa\n")
    assert (status, asa["name"], asa["emails"]) == (0, "Åsa Ek", ["asa@example.se"])
    status, told = _asked(register, "show", "-", "--json", given=asa["id"])
    assert (status, told["name"], told["note"]) == (0, "Åsa Ek", "")


def test_no_is_an_answer_and_no_error(register: Program) -> None:
    assert _asked(register, "find", "nobody of that name", "--json") == (1, [])
    assert _asked(register, "show", str(UUID(int=1)), "--json") == (1, None)


def test_wrong_requests_are_refused_in_words(register: Program, tmp_path: Path) -> None:
    assert _refused(register, "show", "Åsa") == (
        2, "That is not a customer's id. «customers find» shows the ids.\n",
    )  # fmt: skip
    for name in (tmp_path / "missing.csv", tmp_path):
        status, told = _refused(register, "import", str(name), "--json")
        assert (status, told.startswith("The file can't be opened.")) == (2, True)
    status, told = _refused(register, "import", os.devnull)
    assert (status, told) == (2, "The file is empty. Nothing was changed.\n")


def test_file_that_may_not_be_read_is_refused(register: Program) -> None:
    file = register.home / "closed.csv"
    file.write_bytes(csv_of("Bo;bo@example.se"))
    file.chmod(0)
    status, told = _refused(register, "import", str(file))
    assert (status, told.startswith("The file can't be opened.")) == (2, True)


def test_verb_that_is_missing_or_misspelt_is_refused(register: Program) -> None:
    for words in (["fnid", "x"], ["find", "x", "--limit", "many"]):
        status, told = _refused(register, *words)
        assert (status, "customers" in told) == (2, True)


def test_rehearsal_leaves_every_file_as_it_was(register: Program) -> None:
    def files() -> dict[Path, bytes]:
        data = [path for folder in (register.data, register.config) for path in folder.rglob("*")]
        return {path: path.read_bytes() for path in data if path.is_file()}

    before = files()
    done = register.run("customers", "import", "-", "--dry-run", "--json", given=csv_of("Dan;dan@example.dk"))
    told = json.loads(done.stdout)
    assert (done.returncode, told["created"], told["import_id"]) == (0, 1, None)
    assert files() == before


def test_rehearsal_before_the_first_start_makes_nothing(empty: Program) -> None:
    done = empty.run("customers", "import", "-", "--dry-run", "--json", given=csv_of("Dan;dan@example.dk"))
    assert (done.returncode, json.loads(done.stdout)["created"]) == (0, 1)
    assert [path for path in (empty.data, empty.config) if path.exists() and any(path.iterdir())] == []


def test_question_before_the_first_start_is_refused_and_makes_nothing(empty: Program) -> None:
    status, told = _refused(empty, "find", "åsa", "--json")
    assert (status, told.startswith("There is no register in")) == (2, True)
    assert not empty.data.exists() or list(empty.data.iterdir()) == []


def test_missing_key_file_has_a_status_of_its_own(register: Program) -> None:
    key = register.config / "key"
    kept = key.rename(register.config / "kept")
    try:
        for words in (["find", "åsa"], ["import", os.devnull]):
            status, told = _refused(register, *words, "--json")
            assert (status, "is missing" in told) == (3, True)
    finally:
        kept.rename(key)
    assert _asked(register, "find", "bo", "--json")[0] == 0
