"""No byte of an export is without meaning: whichever is changed, the log is no longer said to be whole."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verify_audit import exports
from tests.verify_audit.exports import Epoch, first_epoch, leaf, opening
from tools import verify_audit

FIRST = first_epoch(300, [7, 290, 300])
SECOND = Epoch(
    2,
    [
        opening(
            *(1001, 2, "restore", 300), previous_root=FIRST.root.hex(), known_size=310,
            known_root=first_epoch(310).root.hex(), lost_from=300, lost_to=310,
        ),
        *(leaf(entry) for entry in range(1002, 1010)),
    ],
)  # fmt: skip
FILES = exports.export_of(FIRST, SECOND)
KINDS = ("tile/entries/", "tile/0/", "tile/1/", "checkpoint")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exports.write(FILES, tmp_path_factory.mktemp("export"))


def verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, object]:
    capsys.readouterr()
    status = verify_audit.main([str(folder), "--json"])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, json.loads(out)["first_bad"] if status < 2 else err


def test_export_is_whole_before_a_byte_is_flipped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verdict(folder, capsys) == (0, None)
    assert [any(kind in name for name in FILES) for kind in KINDS] == [True] * len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_byte_is_found(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(name for name in FILES if kind in name)))
    at = data.draw(st.integers(0, len(FILES[name]) - 1))
    flipped = bytearray(FILES[name])
    flipped[at] ^= data.draw(st.integers(1, 255))
    (folder / name).write_bytes(flipped)
    try:
        status, bad = verdict(folder, capsys)
    finally:
        (folder / name).write_bytes(FILES[name])
    assert (status, bool(bad)) == (1, True)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_file_cut_lengthened_or_emptied_is_found(
    folder: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(name for name in FILES if name != "key")))
    cut = FILES[name][: data.draw(st.integers(0, len(FILES[name]) - 1))]
    (folder / name).write_bytes(data.draw(st.sampled_from([cut, FILES[name] + b"\0", FILES[name] * 2])))
    try:
        status, bad = verdict(folder, capsys)
    finally:
        (folder / name).write_bytes(FILES[name])
    assert (status in (1, 2), bool(bad)) == (True, True)


@pytest.mark.parametrize("at", range(0, len(FILES["key"]) - 1, 7))
def test_any_flipped_byte_of_the_key_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], at: int
) -> None:
    flipped = bytearray(FILES["key"])
    flipped[at] ^= 1
    (folder / "key").write_bytes(flipped)
    try:
        status, _ = verdict(folder, capsys)
    finally:
        (folder / "key").write_bytes(FILES["key"])
    assert status == 2


@pytest.mark.parametrize("read", ["parsed", "read_leaf", "read_checkpoint", "split"])
@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600) | st.text(max_size=300).map(str.encode))
def test_readers_of_any_bytes_give_something_or_say_malformed(read: str, data: bytes) -> None:
    more: dict[str, tuple[object, ...]] = {"read_checkpoint": ("anywhere",), "split": (256,)}
    with contextlib.suppress(verify_audit.Malformed):
        assert getattr(verify_audit, read)(data, *more.get(read, ())) is not None


def test_fault_before_another_is_the_one_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = "epoch-0001/tile/entries/000", "epoch-0001/tile/entries/001.p/44"
    (folder / first).write_bytes(FILES[first].replace(b"viewed", b"erased", 1))
    (folder / second).write_bytes(FILES[second][:-1])
    try:
        status, bad = verdict(folder, capsys)
    finally:
        exports.write(FILES, folder)
    assert isinstance(bad, dict)
    assert (status, bad["why"], bad["index"], bad["entry"]) == (1, "changed", 2, 3)
