"""How much of an upload is held, where, whose, and what becomes of more."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest
from django.test import override_settings

from tryggve.lib import folders
from tryggve.lib.folders import Folders
from tryggve.vault.sealed_files.chunks import CHUNK_BYTES
from tryggve.vault.sealed_files.files import FileNotKept
from tryggve.vault.sealed_files.incoming import Incoming
from tryggve.vault.tests.sealed_streams import invented
from tryggve.vault.uploads import SealingUploadHandler

SMALL, LIMIT = 1000, 3 * CHUNK_BYTES
LINE = b"Cilla Andersson, 19 Storgatan\n"
LARGE = (LINE * (2 * CHUNK_BYTES))[: 2 * CHUNK_BYTES + 5]


@pytest.fixture(autouse=True)
def limits(where: Folders, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Folders of our own, small limits."""
    monkeypatch.setenv("TRYGGVE_DATA", str(where.data))
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=SMALL, LARGEST_UPLOAD_BYTES=LIMIT):
        yield


def handler_of(*, is_authenticated: bool = True) -> SealingUploadHandler:
    request = HttpRequest()
    request.user = SimpleNamespace(is_authenticated=is_authenticated)  # type: ignore[assignment]
    return SealingUploadHandler(request)


def received(handler: SealingUploadHandler, *pieces: bytes) -> "UploadedFile[bytes]":
    handler.new_file("file", "a.csv", "text/csv", None)
    for piece in pieces:
        handler.receive_data_chunk(piece, 0)
    return handler.file_complete(sum(map(len, pieces)))


def on_disk() -> dict[int, Path]:
    """The files of the incoming folder that this process has open, by descriptor; they have no name."""
    beginning = str(folders.current().files / "incoming")
    opened = {int(entry.name): entry for entry in Path("/proc/self/fd").iterdir()}
    return {number: entry for number, entry in opened.items() if _target(entry).startswith(beginning)}


def _target(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:
        return ""


def test_small_file_stays_in_memory() -> None:
    file = received(handler_of(), b"x" * 400, b"y" * 600)
    assert (file.size, file.read(), on_disk()) == (SMALL, b"x" * 400 + b"y" * 600, {})
    assert not (folders.current().files / "incoming").exists()


def test_larger_file_lies_sealed_and_without_a_name_on_the_disk() -> None:
    file = received(handler_of(), LARGE[:700], LARGE[700:])
    [entry] = on_disk().values()

    assert LINE in LARGE
    assert (len(entry.read_bytes()), b"Cilla" in entry.read_bytes()) == (len(LARGE) + 3 * 16, False)
    assert list((folders.current().files / "incoming").iterdir()) == []
    assert (file.size, file.read() == LARGE, b"".join(file.chunks()) == LARGE) == (len(LARGE), True, True)


def test_closed_file_is_gone_from_the_disk() -> None:
    file = received(handler_of(), LARGE)
    assert len(on_disk()) == 1
    file.close()
    assert on_disk() == {}


def test_file_over_the_limit_arrives_empty_and_with_a_size_over_it() -> None:
    file = received(handler_of(), LARGE, LARGE)
    assert (file.size, file.read(), on_disk()) == (2 * len(LARGE), b"", {})


def test_file_of_the_limit_is_held_whole() -> None:
    file = received(handler_of(), invented(LIMIT))
    assert (file.size, file.read() == invented(LIMIT)) == (LIMIT, True)


def test_files_of_one_request_share_the_limit() -> None:
    handler = handler_of()
    first, second = received(handler, LARGE), received(handler, invented(LIMIT - len(LARGE) + 1))
    assert (first.read() == LARGE, second.size, second.read()) == (True, LIMIT + 1, b"")


def test_upload_that_breaks_off_leaves_nothing() -> None:
    handler = handler_of()
    handler.new_file("file", "a.csv", "text/csv", None)
    handler.receive_data_chunk(LARGE, 0)
    assert len(on_disk()) == 1
    handler.upload_interrupted()
    assert on_disk() == {}


def test_nothing_is_held_of_what_an_outsider_sends() -> None:
    for handler in (handler_of(is_authenticated=False), SealingUploadHandler(HttpRequest())):
        with pytest.raises(SkipFile):
            handler.new_file("file", "a.csv", "text/csv", None)


def test_file_that_the_disk_does_not_take_is_told_when_it_is_read() -> None:
    (folders.current().files / "incoming").write_bytes(b"")  # no folder: nothing can be kept in it
    file = received(handler_of(), LARGE, b"more")

    file.seek(0)
    with pytest.raises(FileNotKept):
        file.read()
    file.close()


def test_every_upload_has_a_key_of_its_own(tmp_path: Path) -> None:
    sealed = []
    for _upload in range(2):
        incoming = Incoming(tmp_path)
        incoming.write(LARGE)
        with incoming.finished() as reader:
            reader._sealed.seek(0)
            sealed.append(reader._sealed.read())
    assert (len(sealed[0]), sealed[0] == sealed[1]) == (len(LARGE) + 3 * 16, False)
