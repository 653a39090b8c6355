"""A demo firm: made, signed in to, thrown away; and never where something else lies."""

import re
from collections.abc import Iterator

import pytest

from tests.program import Program
from tryggve.domains.setup.tests import register

pytestmark = pytest.mark.process
_WAY_IN = re.compile(r"^  (\w+@\S+)  (\S+)  \((.+), (.+)\)$", re.MULTILINE)


@pytest.fixture
def program() -> Iterator[Program]:
    with register.new() as made:
        yield made


def _ways_in(program: Program) -> dict[str, str]:
    return {email: password for email, password, *_who in _WAY_IN.findall(program.printed.read_text())}


def _demo(program: Program, *words: str) -> None:
    program.start("demo", "--customers", "12", *words)
    program.stop()


def test_demo_opens_with_customers_and_three_people(program: Program) -> None:
    address = program.start("demo", "--customers", "12", "--country", "DK")
    assert address == f"http://localhost:{program.port}/"
    assert sorted(email.partition("@")[0] for email in _ways_in(program)) == ["anna", "bo", "karin"]
    assert program.run("customers", "find", "a").stdout.count(b"@example.dk") == 12


def test_passwords_are_new_at_each_start_and_customers_the_same(program: Program) -> None:
    _demo(program)
    before, found = _ways_in(program), program.run("customers", "find", "a").stdout
    _demo(program)
    after = _ways_in(program)
    assert (before.keys(), set(before.values()) & set(after.values())) == (after.keys(), set())
    assert program.run("customers", "find", "a").stdout == found


def test_another_demo_takes_the_place_of_the_first(program: Program) -> None:
    _demo(program)
    key = (program.config / "key").read_bytes()
    _demo(program, "--again", "--country", "DK")
    assert b"@example.dk" in program.run("customers", "find", "a").stdout
    assert (program.config / "key").read_bytes() != key


def test_demo_that_was_cut_half_way_is_begun_anew(program: Program) -> None:
    _demo(program)
    (program.data / "demo").write_text("")
    program.run("customers", "import", "-", given=b"name\nDan\n")
    _demo(program)
    assert program.run("customers", "find", "Dan").returncode == 1


@pytest.mark.parametrize("again", [[], ["--again"]])
def test_demo_leaves_a_register_alone(program: Program, again: list[str]) -> None:
    program.run("customers", "import", "-", given=b"name\nCilla Karlsson\n")
    refused = program.run("demo", *again)
    assert (refused.returncode, b"Nothing was changed" in refused.stderr) == (2, True)
    assert b"Cilla Karlsson" in program.run("customers", "find", "cilla").stdout


def test_demo_leaves_a_folder_with_other_things_alone(program: Program) -> None:
    program.data.mkdir(mode=0o700)
    letter = program.data / "letter.txt"
    letter.write_text("Dear Dan")
    program._give_to_nobody()
    assert program.run("demo", "--again").returncode == 2
    assert [path.name for path in program.data.iterdir()] == ["letter.txt"]
