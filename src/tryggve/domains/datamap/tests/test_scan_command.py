"""``./tryggve scan`` as a newcomer runs it: no register, a user without rights, folders as they are."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import commands
from tests.program import Program, until

LIST = "Namn;E-post;Personnummer\nBo Dahl;bo@example.se;19811218-9876\n"
FINDING_KEYS = ["path", "kind", "where", "confidence", "sample"]


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    made = Program()
    yield made
    made.clear()


@pytest.fixture(scope="module")
def papers(program: Program) -> Path:
    """A list, a letter with nothing in it, and a link to it."""
    folder = Path(program.new_folder("papers"))
    _put(folder / "kunder.csv", LIST)
    _put(folder / "brev.txt", "Ingenting om någon.\n")
    (folder / "genväg").symlink_to("brev.txt")
    return folder


def _put(path: Path, text: str | bytes) -> None:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    path.chmod(0o644)


def _told(program: Program, *words: str | Path) -> tuple[int, str, str]:
    done = program.run("scan", *map(str, words))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def _here(*words: str | Path) -> str:
    """In this process, which saves the start of another."""
    status, told = commands.run("datamap", "scan", *map(str, words))
    assert status == 0
    return told


def _lines(*words: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _here("--json", *words).splitlines()]


def test_summary_is_plain_and_shows_no_value(program: Program, papers: Path) -> None:
    assert _told(program, papers) == (
        0,
        f"""2 files were looked through.
1 of them holds personal data.

What was found:
         1  names of persons
         1  e-mail addresses
         1  Swedish personal numbers

Where the most is:
         3  {papers}/kunder.csv

Not looked through, so nobody knows what these hold:
         1  a link to something else
            {papers}/genväg
""",
        "",
    )


def test_json_has_a_line_for_each_finding_and_each_file_not_scanned_and_a_summary_last(
    program: Program, papers: Path
) -> None:
    status, told, errors = _told(program, "--json", papers)
    assert (status, errors) == (0, "")
    *found, summary = map(json.loads, told.splitlines())
    assert found == [
        {
            "path": f"{papers}/kunder.csv",
            "kind": "PERSON",
            "where": {"offset": 25, "length": 7},
            "confidence": "high",
            "sample": "B• D•••",
        },
        {
            "path": f"{papers}/kunder.csv",
            "kind": "EMAIL",
            "where": {"offset": 33, "length": 13},
            "confidence": "high",
            "sample": "b•@e••••••.se",
        },
        {
            "path": f"{papers}/kunder.csv",
            "kind": "SE_PERSONNUMMER",
            "where": {"offset": 47, "length": 13},
            "confidence": "high",
            "sample": "••••••••-••76",
        },
        {"path": f"{papers}/genväg", "not_scanned": True, "reason": "link"},
    ]
    assert [list(one) for one in found[:3]] == [FINDING_KEYS] * 3
    seconds = summary["summary"].pop("seconds")
    assert summary == {"summary": {"files": 3, "findings": 3, "not_scanned": 1}}
    assert seconds > 0


def test_values_are_told_only_to_who_asks_for_them(papers: Path) -> None:
    *found, _link, _summary = _lines("--values", papers)
    assert [list(one) for one in found] == [[*FINDING_KEYS, "value"]] * 3
    assert [one["value"] for one in found] == ["Bo Dahl", "bo@example.se", "19811218-9876"]
    assert _here("--values", papers).splitlines()[:3] == [
        f"{papers}/kunder.csv, byte 25: names of persons: Bo Dahl",
        f"{papers}/kunder.csv, byte 33: e-mail addresses: bo@example.se",
        f"{papers}/kunder.csv, byte 47: Swedish personal numbers: 19811218-9876",
    ]


def test_one_file_or_a_link_to_a_folder_may_be_named(papers: Path, tmp_path: Path) -> None:
    assert _lines(papers / "kunder.csv")[-1]["summary"]["findings"] == 3
    link = tmp_path / "länk"
    link.symlink_to(papers)
    assert _lines(link)[-1]["summary"]["findings"] == 3


def test_nothing_is_written_anywhere(program: Program, papers: Path) -> None:
    before = sorted(program.home.rglob("*"))
    _told(program, papers)
    assert sorted(program.home.rglob("*")) == before
    assert not program.data.exists()


def test_empty_folder_is_told_as_such(program: Program) -> None:
    assert _told(program, program.new_folder("empty")) == (0, "0 files were looked through.\n", "")


def test_less_likely_findings_are_counted_apart(tmp_path: Path) -> None:
    """Ten digits with nothing beside them: the check digit is right for a tenth of all."""
    _put(tmp_path / "a.txt", "Vi talade om 5560360793 igår.\n")
    [finding, _summary] = _lines(tmp_path)
    assert finding["confidence"] == "low"
    assert _here(tmp_path).splitlines() == [
        "1 file was looked through.",
        "No personal data was found in what was looked through.",
        "",
        "1 more looks like personal data, but may be something else; --json tells which.",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["/no/such/folder"], "There is neither a file nor a folder called /no/such/folder. Nothing was looked at.\n"),
        ([], "This command can't be understood: the following arguments are required: path. Nothing was changed.\n"),
        ([""], "There is neither a file nor a folder called . Nothing was looked at.\n"),
    ],
)  # fmt: skip
def test_mistake_is_told_in_a_sentence(program: Program, words: list[str], told: str) -> None:
    status, out, errors = _told(program, *words)
    assert (status, out) == (2, "")
    assert errors.endswith(told)


def test_folder_that_one_may_not_enter_is_told(program: Program) -> None:
    locked = program.home / "locked"
    locked.mkdir(mode=0)
    assert _told(program, locked)[:2] == (
        0,
        f"""0 files were looked through.

Not looked through, so nobody knows what these hold:
         1  this user may not read it
            {locked}
""",
    )
    refused = f"You may not look into {locked}/list.csv as this user. Nothing was looked at.\n"
    assert _told(program, locked / "list.csv") == (2, "", refused)


def test_names_that_are_no_text_are_found_and_shown(tmp_path: Path) -> None:
    for name in (b"sm\xf6rg\xe5s.txt", b"\x1b[2Jny\nrad.txt"):
        _put(tmp_path / os.fsdecode(name), "Skriv till bo@example.se.\n")
    *found, _summary = _lines(tmp_path)
    assert {os.fsencode(one["path"]) for one in found} == {
        os.fsencode(tmp_path) + b"/sm\xf6rg\xe5s.txt",
        os.fsencode(tmp_path) + b"/\x1b[2Jny\nrad.txt",
    }
    told = _here(tmp_path)
    assert f"         1  {tmp_path}/sm\N{REPLACEMENT CHARACTER}rg\N{REPLACEMENT CHARACTER}s.txt\n" in told
    assert f"         1  {tmp_path}/\N{REPLACEMENT CHARACTER}[2Jny\N{REPLACEMENT CHARACTER}rad.txt\n" in told


def test_reader_that_goes_away_ends_it_quietly(program: Program, papers: Path) -> None:
    with _started(program, "--json", papers) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert json.loads(child.stdout.readline())["kind"] == "PERSON"
        child.stdout.close()
        assert (child.wait(timeout=60), child.stderr.read()) == (0, b"")


def test_ctrl_c_ends_it_quietly_with_all_its_processes(program: Program) -> None:
    folder = Path(program.new_folder("many"))
    for number in range(3000):
        _put(folder / f"{number}.txt", LIST)
    with _started(program, "--json", folder) as child:
        assert child.stdout is not None
        child.stdout.readline()
        [server] = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
        child.send_signal(signal.SIGINT)
        _rest, errors = child.communicate(timeout=60)
        assert (child.returncode, errors) == (130, b"")
    until(lambda: not Path(f"/proc/{server}/exe").exists())


def _started(program: Program, *words: str | Path) -> subprocess.Popen[bytes]:
    """Whoever starts the tests may have told them to overhear Ctrl-C."""
    command = ["env", "--default-signal=INT", *program._as_nobody("scan", *map(str, words))]
    return subprocess.Popen(
        command, env=program._environment(), cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_terminal_shows_how_far_it_has_come_and_what_follows_stands_on_a_line_of_its_own(
    program: Program, papers: Path
) -> None:
    shell = " ".join(program._as_nobody("scan", str(papers)))
    shown = subprocess.run(
        ["script", "--quiet", "--return", "--command", shell, "/dev/null"], env=program._environment(), cwd="/",
        capture_output=True, timeout=60, check=True, stdin=subprocess.DEVNULL,
    ).stdout.decode()  # fmt: skip
    progress, _back_and_clear, rest = shown.rpartition("\r\x1b[K")
    assert "2 of 3 files looked through …" in progress
    assert "\n" not in progress
    assert rest.startswith("2 files were looked through.\r\n")


def test_lines_fit_a_terminal_of_80_columns_but_for_paths() -> None:
    """In the language whose words are longest."""
    program = Program(language="sv")
    try:
        folder = Path(program.new_folder("tree"))
        _put(folder / "kunder.csv", LIST)
        _put(folder / "locked.txt", LIST)
        (folder / "locked.txt").chmod(0)
        for words in ([folder], ["--help"]):
            status, told, _errors = _told(program, *words)
            assert status == 0
            assert [line for line in told.splitlines() if len(line) > 80 and str(folder) not in line] == []
    finally:
        program.clear()


def test_plain_c_locale_of_a_bare_server_is_enough(program: Program, papers: Path) -> None:
    """Without UTF-8 in the environment letters may be shown otherwise, but nothing fails."""
    bare = {**program._environment(), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        program._as_nobody("scan", "--json", str(papers)), env=bare, cwd="/", capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.splitlines()[-1])["summary"]["findings"] == 3


@pytest.mark.parametrize("missing", [["hyperscan"], ["hyperscan", "re2"]], ids=["hyperscan", "re2 too"])
def test_the_same_is_found_where_a_finder_is_not_installed(
    program: Program, papers: Path, missing: list[str]
) -> None:
    """Our own modules of those names stand first, and can't be imported."""
    away = Path(program.new_folder(f"without-{len(missing)}"))
    for name in missing:
        _put(away / f"{name}.py", "raise ImportError\n")
    environment = program._environment()
    done = subprocess.run(
        program._as_nobody("scan", "--json", "--values", str(papers)),
        env={**environment, "PYTHONPATH": f"{away}:{environment['PYTHONPATH']}"}, cwd="/", capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["kind"] for one in found[:-2]] == ["PERSON", "EMAIL", "SE_PERSONNUMMER"]
    assert found[:-1] == _lines("--values", papers)[:-1]
