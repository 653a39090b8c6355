"""Exports that were made to harm the reader, or aren't whole files: a sentence, exit status 2, nothing written."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verify_audit import exports
from tests.verify_audit.exports import Signer, first_epoch
from tools import tree, verify_audit

PROGRAM = tree.ROOT / "tools" / "verify_audit.py"
Refused = Callable[..., str]


@pytest.fixture
def files() -> dict[str, bytes]:
    return exports.export_of(first_epoch(300, [300]))


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Refused:
    """The sentence of a refusal, which is one line on standard error."""

    def sentence(*words: object) -> str:
        assert verify_audit.main([str(word) for word in words]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n"), err.isascii()) == ("", 1, True)
        return err.strip()

    return sentence


def zip_with(path: Path, files: dict[str, bytes], *more: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    exports.write_zip(files, path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in more:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/evil", "epoch-0001/../../evil", "..\\evil", "a//b", "./a", "epoch-0001/tile\\0", ".."],
)
def test_name_that_leads_elsewhere_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, name: str
) -> None:
    path = zip_with(tmp_path / "export.zip", files, (name, b"x"))
    assert refused(path).startswith("The ZIP file holds a name that leads elsewhere")
    assert list(tmp_path.iterdir()) == [path]


def test_name_with_a_terminals_commands_is_shown_harmless(
    tmp_path: Path, files: dict[str, bytes], refused: Refused
) -> None:
    path = zip_with(tmp_path / "export.zip", files, ("../\x1b[2J\nok", b"x"))
    assert refused(path) == r"The ZIP file holds a name that leads elsewhere: '../\x1b[2J\nok'."


def test_link_in_a_zip_is_refused(tmp_path: Path, files: dict[str, bytes], refused: Refused) -> None:
    link = zipfile.ZipInfo("details.jsonl")
    link.external_attr = 0o120777 << 16
    path = zip_with(tmp_path / "export.zip", files, (link, b"/etc/passwd"))
    assert refused(path).startswith("The ZIP file holds a link")


def test_oddly_packed_file_in_a_zip_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused
) -> None:
    path = exports.write_zip(files, tmp_path / "export.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("details.jsonl", b"x" * 100)
    assert "oddly packed" in refused(path)


def test_one_name_twice_in_a_zip_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused
) -> None:
    path = exports.write_zip(files, tmp_path / "export.zip")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("key", b"x")
    assert "two with one name: 'key'" in refused(path)


def test_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, files: dict[str, bytes], refused: Refused
) -> None:
    path = zip_with(tmp_path / "export.zip", files, ("details.jsonl", b"\0" * 50_000_000))
    assert refused(path) == "The ZIP file would grow beyond measure when it is unpacked."


def test_zip_that_lists_too_many_files_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(verify_audit._LIMITS, "names", 500)
    assert refused(exports.write_zip(files, tmp_path / "export.zip")).startswith(
        "The ZIP file lists too many"
    )


def test_folder_of_too_many_files_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_audit, "_FILES", 5)
    assert refused(exports.write(files, tmp_path / "export")).startswith("The export holds too many files")


@pytest.mark.parametrize("at", range(0, 4000, 131))
def test_damaged_zip_is_never_ok_and_gives_no_traceback(
    tmp_path: Path, files: dict[str, bytes], capsys: pytest.CaptureFixture[str], at: int
) -> None:
    path = exports.write_zip(files, tmp_path / "export.zip")
    data = bytearray(path.read_bytes())
    data[-1 - at] ^= 0xFF
    path.write_bytes(data)
    # What isn't looked at, such as the time of a file, is damaged without harm.
    assert verify_audit.main([str(path)]) in (0, 1, 2)


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"no zip at all" * 100, b"PK\5\6" + b"\0" * 18, b"\0" * 99])
def test_file_that_is_no_zip_is_refused(tmp_path: Path, refused: Refused, data: bytes) -> None:
    (tmp_path / "export.zip").write_bytes(data)
    assert refused(tmp_path / "export.zip") != ""


def test_place_that_is_not_there_is_refused(tmp_path: Path, refused: Refused) -> None:
    assert "can't be read" in refused(tmp_path / "nowhere")


def test_empty_folder_is_refused(tmp_path: Path, refused: Refused) -> None:
    assert refused(tmp_path) == "There is no epoch in the export: it is no export of an audit log."


@pytest.mark.parametrize("name", ["epoch-0001/checkpoint", "epoch-0001/tile/0/000", "more"])
@pytest.mark.parametrize("aim", ["/etc/passwd", ".", "/nowhere"])
def test_link_in_a_folder_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, name: str, aim: str
) -> None:
    folder = exports.write(files, tmp_path / "export")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(aim)
    assert refused(folder) == f"The export holds a link, or no plain file: {name!r}."


def test_pipe_in_a_folder_is_refused(tmp_path: Path, files: dict[str, bytes], refused: Refused) -> None:
    folder = exports.write(files, tmp_path / "export")
    os.mkfifo(folder / "details.jsonl")
    assert "no plain file" in refused(folder)


@pytest.mark.parametrize(
    "name", ["epoch-0001/tile/0/000", "epoch-0001/tile/0/001.p/44", "epoch-0001/tile/1/000.p/1"]
)
def test_missing_tile_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, name: str
) -> None:
    del files[name]
    sentence = f"The export isn't complete: {name} is missing. Nothing is proved."
    assert refused(exports.write(files, tmp_path / "export")) == sentence


def test_epoch_without_a_checkpoint_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused
) -> None:
    kept = {name: data for name, data in files.items() if "checkpoint" not in name}
    assert "has no checkpoint" in refused(exports.write(kept, tmp_path / "export"))


def test_export_without_a_key_is_refused_unless_one_is_given(
    tmp_path: Path, files: dict[str, bytes], refused: Refused
) -> None:
    del files["key"]
    folder = exports.write(files, tmp_path / "export")
    assert "'key' can't be read" in refused(folder)
    assert verify_audit.main([str(folder), "--key", Signer().line]) == 0


@pytest.mark.parametrize(
    "key", ["", "x", "tryggve/x+12345678+AAAA", Signer().line + "x", "\N{EM DASH}+\ud800+"]
)
def test_key_given_that_is_none_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, key: str
) -> None:
    assert "the key given" in refused(exports.write(files, tmp_path / "export"), "--key", key)


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff", b"\n\n" * 40_000])
def test_saved_checkpoint_that_is_none_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, data: bytes
) -> None:
    (tmp_path / "saved").write_bytes(data)
    folder = exports.write(files, tmp_path / "export")
    assert "saved' can't be read" in refused(folder, "--checkpoint", tmp_path / "saved")


@pytest.mark.parametrize(
    ("name", "size"),
    [("key", 70_000), ("epoch-0001/checkpoint", 70_000), ("epoch-0001/tile/0/000", 8_193)],
)
def test_file_larger_than_the_format_allows_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused, name: str, size: int
) -> None:
    folder = exports.write(files | {name: b"x" * size}, tmp_path / "export")
    assert "which the format doesn't allow" in refused(folder)


def test_enormous_line_of_details_is_refused(
    tmp_path: Path, files: dict[str, bytes], refused: Refused
) -> None:
    folder = exports.write(files | {"details.jsonl": b"[" * 1_100_000}, tmp_path / "export")
    assert refused(folder) == "details.jsonl has a line of more than 1048576 bytes."


@pytest.mark.parametrize(
    "name",
    [
        "epoch-0001/tile/entries/x999/x999/x999/x999/999",
        "epoch-0001/tile/0/x999/x999/x999/x999/x999/999.p/9",
        "epoch-0001/tile/7/x999/999",
        "epoch-999999999/tile/entries/x999/999",
    ],
)
def test_huge_numbers_in_names_are_told_at_once(tmp_path: Path, files: dict[str, bytes], name: str) -> None:
    assert verify_audit.main([str(exports.write(files | {name: b""}, tmp_path / "export"))]) == 1


@pytest.mark.parametrize("size", [10**17, 10**18 - 1])
def test_checkpoint_of_a_huge_size_is_told_at_once(
    tmp_path: Path, files: dict[str, bytes], capsys: pytest.CaptureFixture[str], size: int
) -> None:
    note = Signer().checkpoint(1, size, b"\0" * 32)
    folder = exports.write(files | {"epoch-0001/checkpoint": note}, tmp_path / "export")
    assert verify_audit.main([str(folder)]) == 1
    assert "shorter-than-checkpoint" in capsys.readouterr().out


def test_bundle_of_a_million_empty_entries_is_cut_short(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(verify_audit.Malformed):
        verify_audit.split(b"\0\0" * 1_000_000, 256)
    folder = exports.write(files | {"epoch-0001/tile/entries/000": b"\0\0" * 1_000_000}, tmp_path / "export")
    assert verify_audit.main([str(folder)]) == 1


@pytest.mark.parametrize(
    "name",
    ["README", "epoch-1/checkpoint", "epoch-0000/checkpoint", "epoch-0001/tile/00/000", "epoch-0001/tile/0/000.p/256",
     "epoch-0001/tile/0/x000/000", "epoch-0001/tile/0/000.p/007", "epoch-0001/tile/0/000.p/0"],
)  # fmt: skip
def test_strange_file_is_counted_and_left_alone(
    tmp_path: Path, files: dict[str, bytes], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = exports.write_zip(files | {name: b"?"}, tmp_path / "export.zip")
    assert verify_audit.main([str(path)]) == 0
    assert "1 other files in the export weren't looked at." in capsys.readouterr().out


def run(*words: object) -> tuple[int, str, str]:
    command = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    return done.returncode, done.stdout, done.stderr


def test_program_runs_alone_and_says_whose_key_it_trusted(tmp_path: Path, files: dict[str, bytes]) -> None:
    folder = exports.write(files, tmp_path / "export")
    before = sorted(tmp_path.rglob("*"))
    status, out, err = run(folder)
    assert (status, err) == (0, "")
    assert out.startswith("The log is whole: 300 entries in 1 epochs.\n")
    assert "The key was taken from the export itself" in out
    assert Signer().line in out
    status, out, err = run(folder, "--json", "--key", Signer().line)
    assert (status, out.startswith('{"ok": true, "entries": 300, '), err) == (0, True, "")
    assert "not who signed it" in run(folder, "--json")[2]
    assert sorted(tmp_path.rglob("*")) == before


def test_words_that_are_no_request_are_refused(tmp_path: Path) -> None:
    assert [run(*words)[0] for words in ((), ("--jso", tmp_path), (tmp_path, "more"))] == [2, 2, 2]
    assert run("--help")[0] == 0


def test_program_imports_nothing_but_the_standard_library() -> None:
    names = {
        line.split()[1].partition(".")[0]
        for line in PROGRAM.read_text().splitlines()
        if line[:5] in ("from ", "impor")
    }
    assert names - set(sys.stdlib_module_names) == set()


def test_sentences_tell_of_entries_that_nothing_signed_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = exports.write(exports.export_of(first_epoch(300, [290])), tmp_path / "export")
    assert verify_audit.main([str(folder)]) == 0
    assert "The last 10 entries came after it: no signature holds them yet." in capsys.readouterr().out
