"""Making a register, finding it again, and refusing one that isn't whole: the real commands on real folders."""

import os
import subprocess

import pytest

from tests.program import Program
from tryggve.domains.setup.tests import register

pytestmark = pytest.mark.process


def _answer(program: Program, *words: str) -> tuple[int, str]:
    """Exit status and standard error; nothing is printed by who refuses."""
    done = program.run(*words)
    assert (done.stdout, done.stderr.count(b"\n"), b"Traceback" in done.stderr) == (b"", 1, False)
    return done.returncode, done.stderr.decode()


def _find(program: Program) -> tuple[int, str]:
    return _answer(program, "customers", "find", "cilla")


def test_first_start_makes_everything_for_its_user_alone(used: Program) -> None:
    assert set(register.modes(used).values()) == {0}
    names = {path.name for path in (*used.data.iterdir(), *used.config.iterdir())}
    assert {"tryggve.sqlite3", "keys.sqlite3", "id", "in-use", "key", "secret-key"} - names == set()
    assert [name for name in names if name.endswith(".new") or name.startswith("before-upgrade")] == []
    assert len(register.owners(used)) == 1


def test_register_is_found_again(used: Program) -> None:
    assert b"Cilla Karlsson" in used.run("customers", "find", "cilla").stdout


def test_secret_key_is_made_once(spoilt: Program) -> None:
    before = (spoilt.config / "secret-key").read_text()
    spoilt.run("customers", "import", "-", given=b"name\nDan\n")
    assert ((spoilt.config / "secret-key").read_text(), len(before)) == (before, 64)


def test_command_that_reads_makes_no_folder(used: Program) -> None:
    with register.new() as program:
        status, told = _find(program)
        assert (status, "Start with «./tryggve up»" in told) == (2, True)
        assert list(program.home.iterdir()) == []


def test_second_preparation_changes_nothing(used: Program) -> None:
    with register.copied(used, command=register.PREPARING) as program:
        before = register.content(program)
        assert program.run().returncode == 0
        assert register.content(program) == before


def test_two_that_begin_at_the_same_moment_make_one_register() -> None:
    with register.new(command=register.PREPARING) as program:
        both = [
            subprocess.Popen(
                program._as_nobody(), env=program._environment(), cwd="/", stderr=subprocess.PIPE
            )
            for _ in range(2)
        ]
        assert [(one.communicate(timeout=60)[1], one.returncode) for one in both] == [(b"", 0)] * 2
        assert "audit_entry" in register.tables(program.data / "tryggve.sqlite3")


def test_newer_data_are_refused_and_left_alone(spoilt: Program) -> None:
    register.change(
        spoilt,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('customers', '0099_future', '2030-01-01')",
    )
    before = register.content(spoilt)
    for words in (("customers", "find", "cilla"), ("up", "--port", str(spoilt.port))):
        status, told = _answer(spoilt, *words)
        assert (status, "written by a newer Tryggve" in told) == (2, True)
    assert register.content(spoilt) == before


def test_data_that_were_lost_are_not_begun_anew(used: Program) -> None:
    """Else whoever opens the next link would be the owner of what the owner takes for his register."""
    for deed in ("unlink", "empty"):
        with register.copied(used, command=register.PREPARING) as program:
            database = program.data / "tryggve.sqlite3"
            database.unlink() if deed == "unlink" else database.write_bytes(b"")
            before = register.content(program)
            done = program.run()
            assert (done.returncode, done.stderr.startswith(b"DatabaseMissing: ")) == (1, True)
            if deed == "unlink":
                assert register.content(program) == before


def test_missing_database_is_told_and_not_made(spoilt: Program) -> None:
    (spoilt.data / "tryggve.sqlite3").unlink()
    status, told = _find(spoilt)
    assert (status, "put the newest copy of the database back" in told) == (2, True)
    assert not (spoilt.data / "tryggve.sqlite3").exists()


def test_file_that_is_no_database_is_told_and_left_alone(spoilt: Program) -> None:
    (spoilt.data / "tryggve.sqlite3").write_bytes(b"not a database " * 500)
    before = register.content(spoilt)
    for words in (("customers", "find", "cilla"), ("up", "--port", str(spoilt.port))):
        status, told = _answer(spoilt, *words)
        assert (status, "The database is damaged." in told) == (2, True)
    assert register.content(spoilt) == before


def test_database_with_a_damaged_page_is_told(spoilt: Program) -> None:
    whole = (spoilt.data / "tryggve.sqlite3").read_bytes()
    (spoilt.data / "tryggve.sqlite3").write_bytes(whole[:100] + bytes(4096) + whole[4196:])
    status, told = _find(spoilt)
    assert (status, "The database is damaged." in told) == (2, True)


def test_missing_key_file_is_told(spoilt: Program) -> None:
    (spoilt.config / "key").unlink()
    status, told = _find(spoilt)
    assert (status, "is missing" in told, str(spoilt.config / "key") in told) == (3, True, True)
    assert not (spoilt.config / "key").exists()


def test_key_file_of_another_firm_is_told(spoilt: Program) -> None:
    with register.new(command=register.PREPARING) as other:
        other.run()
        (spoilt.config / "key").write_bytes((other.config / "key").read_bytes())
    status, told = _find(spoilt)
    assert (status, "belongs to another one" in told) == (3, True)


def test_key_file_that_may_not_be_read_is_told(spoilt: Program) -> None:
    (spoilt.config / "key").chmod(0)
    status, told = _find(spoilt)
    assert (status, "key file" in told) == (3, True)


def test_lost_key_store_is_told_and_not_made(spoilt: Program) -> None:
    (spoilt.data / "keys.sqlite3").unlink()
    before = register.content(spoilt)
    for words in (("customers", "find", "cilla"), ("up", "--port", str(spoilt.port))):
        status, told = _answer(spoilt, *words)
        assert (status, "put the newest copy of the file back" in told) == (3, True)
    assert register.content(spoilt) == before


def test_folder_that_may_not_be_written_is_told_in_words(spoilt: Program) -> None:
    for place in (spoilt.data / "run", spoilt.data):
        place.chmod(0o500)
    for words in (("customers", "import", "/dev/null"), ("up", "--port", str(spoilt.port))):
        status, told = _answer(spoilt, *words)
        assert (status in {2, 3}, "rights" in told) == (True, True)
    spoilt.data.chmod(0o700)


def test_new_folder_where_none_may_be_made_is_told_in_words() -> None:
    with register.new() as program:
        program.home.chmod(0o500)
        for words in (("customers", "import", "/dev/null"), ("up", "--port", str(program.port))):
            assert _answer(program, *words)[0] == 2
        assert list(program.home.iterdir()) == []


def test_start_that_the_disk_had_no_room_for_is_told_and_taken_up_again() -> None:
    with register.new() as program:
        for kilobytes in (1, 200):
            program._command = ("prlimit", f"--fsize={kilobytes * 1024}", *register.BY_COMMAND)
            status, told = _answer(program, "customers", "import", "/dev/null")
            assert (status in {2, 3}, "disk" in told) == (True, True)
        program._command = register.BY_COMMAND
        done = program.run("customers", "import", "-", given=b"name\nCilla\n")
        assert (done.returncode, done.stderr) == (0, b"")
        assert set(register.modes(program).values()) == {0}


def test_register_of_another_user_is_refused_by_name(used: Program) -> None:
    """Bo has no rights in Anna's folder. Root would work on it as its owner, which is tried where that is decided."""
    if os.getuid() != 0:
        used.data.chmod(0)
    person = ["setpriv", "--reuid", "daemon", "--clear-groups"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*person, *register.BY_COMMAND, "customers", "find", "x", "--data", str(used.data)],
        env=used._environment(), cwd="/", capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    used.data.chmod(0o700)
    assert (done.returncode, done.stdout, str(used.data) in done.stderr) == (2, "", True)
