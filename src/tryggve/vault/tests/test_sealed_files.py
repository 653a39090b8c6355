import errno
import json
import resource
import signal
import stat
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve import vault
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import sealing
from tryggve.vault.sealed_files import FileNotKept, header, open_file, seal_file
from tryggve.vault.sealed_files.chunks import CHUNK_BYTES
from tryggve.vault.sealed_files.reading import SealedReader
from tryggve.vault.sealed_files.writing import write_sealed
from tryggve.vault.tests import programs
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN
from tryggve.vault.tests.sealed_streams import invented

VECTORS = json.loads((Path(__file__).parent / "vectors" / "sealed_files.json").read_text())
PHOTO = replace(CILLAS_DETAILS, type_name="rooms.file", part="files")
CONTENT = invented(CHUNK_BYTES + 1000)


@pytest.fixture
def key() -> UUID:
    [made] = vault.keyring().create_keys([CILLA])
    return made


@pytest.fixture
def photo(key: UUID, tmp_path: Path) -> Path:
    """Cilla's photograph, sealed."""
    path = tmp_path / "photo"
    assert seal_file(BytesIO(CONTENT), path, key=key, bound_to=PHOTO) == len(CONTENT)
    return path


def content_of(path: Path, binding: vault.Binding = PHOTO) -> bytes:
    with open_file(path, bound_to=binding) as file:
        return file.read()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_file_is_sealed_and_opened_as_the_vector_says(vector: dict[str, Any]) -> None:
    key, file_key = bytes.fromhex(vector["key"]), bytes.fromhex(vector["file_key"])
    ids = {"record": UUID(vector["binding"]["record"]), "subject": UUID(vector["binding"]["subject"])}
    binding = vault.Binding(**vector["binding"] | ids)
    blob = sealing.seal(
        file_key,
        key=key,
        key_id=UUID(vector["key_id"]),
        nonce=bytes.fromhex(vector["nonce"]),
        bound_to=header.key_binding(binding),
    )
    head, plaintext = b"\x01" + blob, _pattern(vector["plaintext_bytes"])
    chunks = header.chunks_of(head, file_key, bound_to=binding)
    out = BytesIO()
    out.write(head)
    write_sealed(BytesIO(plaintext), out, chunks)
    sealed = out.getvalue()

    assert (head.hex(), len(head)) == (vector["header"], header.HEADER_BYTES)
    assert (len(sealed), sha256(sealed).hexdigest()) == (vector["sealed_bytes"], vector["sealed_sha256"])
    assert vector.get("sealed", sealed.hex()) == sealed.hex()
    assert SealedReader(BytesIO(sealed), chunks, begins_at=len(head)).read() == plaintext


def _pattern(size: int) -> bytes:
    """The bytes 0 to 250 over and over."""
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def test_sealed_file_opens_again_and_is_its_owners_alone(photo: Path) -> None:
    assert content_of(photo) == CONTENT
    assert stat.S_IMODE(photo.stat().st_mode) == 0o600
    assert [path.name for path in photo.parent.iterdir()] == ["photo"]


def test_sealed_file_shows_nothing_of_what_is_in_it(key: UUID, tmp_path: Path) -> None:
    for name in ("one", "two"):
        seal_file(BytesIO(b"Cilla Andersson " * 40_000), tmp_path / name, key=key, bound_to=PHOTO)
    one, two = ((tmp_path / name).read_bytes() for name in ("one", "two"))

    assert (b"Cilla" in one, one[100:] == two[100:], len(one) == len(two)) == (False, False, True)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"type_name": "rooms.files"},
        {"record": DAN},
        {"subject": DAN},
        {"compartment": "retained"},
        {"revision": 2},
    ],
    ids=lambda elsewhere: next(iter(elsewhere)),
)
def test_file_with_another_binding_is_damaged(photo: Path, elsewhere: dict[str, Any]) -> None:
    with pytest.raises(vault.Damaged):
        open_file(photo, bound_to=replace(PHOTO, **elsewhere))


def test_file_belongs_to_the_part_files(key: UUID, photo: Path) -> None:
    with pytest.raises(ValueError, match="files"):
        open_file(photo, bound_to=replace(PHOTO, part="details"))
    with pytest.raises(ValueError, match="files"):
        seal_file(BytesIO(b""), photo.with_name("other"), key=key, bound_to=replace(PHOTO, part="details"))


def test_chunks_under_the_header_of_another_file_are_damaged(key: UUID, photo: Path) -> None:
    other = photo.with_name("other")
    seal_file(BytesIO(CONTENT), other, key=key, bound_to=PHOTO)
    other.write_bytes(other.read_bytes()[: header.HEADER_BYTES] + photo.read_bytes()[header.HEADER_BYTES :])

    with pytest.raises(vault.Damaged):
        open_file(other, bound_to=PHOTO)


def test_blob_of_the_same_record_is_no_key_of_a_file(key: UUID, photo: Path) -> None:
    """Who can write the disk could else make the file open under a key that stands in a document."""
    known = vault.keyring().seal(bytes(32), key=key, bound_to=PHOTO)
    photo.write_bytes(b"\x01" + known + photo.read_bytes()[header.HEADER_BYTES :])

    with pytest.raises(vault.Damaged):
        open_file(photo, bound_to=PHOTO)


def test_chunks_are_bound_to_header_and_binding(key: UUID) -> None:
    head, _chunks = header.new(vault.keyring(), key=key, bound_to=PHOTO)
    other_head, _chunks = header.new(vault.keyring(), key=key, bound_to=PHOTO)
    places = [(head, PHOTO), (other_head, PHOTO), (head, replace(PHOTO, revision=2))]
    streams = set()
    for head, binding in places:
        out = BytesIO()
        write_sealed(BytesIO(b"x"), out, header.chunks_of(head, bytes(32), bound_to=binding))
        streams.add(out.getvalue())
    assert len(streams) == len(places)


@given(st.integers(0, header.HEADER_BYTES - 1), st.integers(1, 255))
def test_changed_byte_of_the_header_never_opens(at: int, difference: int) -> None:
    changed = bytearray(_sealed_once())
    changed[at] ^= difference

    with pytest.raises(_told_of(at, changed[at])):
        header.read(bytes(changed), vault.keyring(), bound_to=PHOTO)


def _told_of(at: int, value: int) -> type[vault.CannotOpen]:
    """The file's version, the version of the blob with its key, the key's id, and what is authenticated."""
    if at < 2 and value > 1:
        return vault.NewerFormat
    return vault.KeyGone if 2 <= at < 18 else vault.Damaged


_once: list[bytes] = []


def _sealed_once() -> bytes:
    if not _once:
        [key] = vault.keyring().create_keys([CILLA])
        _once.append(header.new(vault.keyring(), key=key, bound_to=PHOTO)[0])
    return _once[0]


@pytest.mark.parametrize(
    "length", [0, 1, header.HEADER_BYTES - 1, header.HEADER_BYTES, header.HEADER_BYTES + 15]
)
def test_file_cut_in_or_after_its_header_is_damaged(photo: Path, length: int) -> None:
    photo.write_bytes(photo.read_bytes()[:length])
    with pytest.raises(vault.Damaged):
        open_file(photo, bound_to=PHOTO)


def test_file_of_a_newer_version_is_told(photo: Path) -> None:
    photo.write_bytes(b"\x02" + photo.read_bytes()[1:])
    with pytest.raises(vault.NewerFormat):
        open_file(photo, bound_to=PHOTO)


def test_file_whose_key_was_destroyed_is_gone(key: UUID, photo: Path) -> None:
    vault.keyring().destroy_keys([key])
    with pytest.raises(vault.KeyGone):
        open_file(photo, bound_to=PHOTO)
    with pytest.raises(vault.KeyGone):
        seal_file(BytesIO(b""), photo.with_name("other"), key=key, bound_to=PHOTO)
    assert [path.name for path in photo.parent.iterdir()] == ["photo"]


def test_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_file(tmp_path / "nowhere", bound_to=PHOTO)


def test_file_that_is_there_is_never_written_over(key: UUID, photo: Path) -> None:
    with pytest.raises(FileExistsError):
        seal_file(BytesIO(b"other"), photo, key=key, bound_to=PHOTO)
    assert content_of(photo) == CONTENT


class _Breaking(BytesIO):
    """A source that ends in an error after its first piece."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise RuntimeError("the connection broke off")
        return super().read(size)


def test_source_that_breaks_off_leaves_nothing(key: UUID, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        seal_file(_Breaking(invented(9 * CHUNK_BYTES)), tmp_path / "photo", key=key, bound_to=PHOTO)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file of this process may grow over 100 kB."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, old[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, old)
    signal.signal(signal.SIGXFSZ, handler)


def test_disk_that_takes_no_more_is_told_and_nothing_stays(
    key: UUID, small_disk: None, tmp_path: Path
) -> None:
    with pytest.raises(FileNotKept) as refused:
        seal_file(BytesIO(CONTENT), tmp_path / "photo", key=key, bound_to=PHOTO)
    assert (list(tmp_path.iterdir()), refused.value.__cause__, refused.value.exit_status) == ([], None, 1)


def test_full_disk_is_told_in_words() -> None:
    sentence = str(FileNotKept(OSError(errno.ENOSPC, "x")))
    assert sentence.startswith("The file was not kept: the disk is full. Nothing else was changed.")


KILLED = """
import io
from dataclasses import replace
os.environ["TRYGGVE_DATA"], os.environ["TRYGGVE_CONFIG"] = sys.argv[1:3]
def die(point):
    if point == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
vault.create(where)
[key] = vault.keyring().create_keys([CILLA])
write_points.cut_with(die)
from tryggve.vault.sealed_files import seal_file
photo = replace(CILLAS_DETAILS, type_name="rooms.file", part="files")
seal_file(io.BytesIO(bytes(300_000)), where.files / "photo", key=key, bound_to=photo)
"""
POINTS = ["sealed file: begun", "sealed file: written", "photo named", "photo in place"]


def test_sealing_passes_these_points(key: UUID, tmp_path: Path) -> None:
    passed: list[str] = []
    write_points.cut_with(passed.append)
    try:
        seal_file(BytesIO(CONTENT), tmp_path / "photo", key=key, bound_to=PHOTO)
    finally:
        write_points.cut_with(None)
    assert passed == POINTS


@pytest.mark.parametrize("point", POINTS)
def test_killed_writer_leaves_the_whole_file_or_none(where: Folders, point: str) -> None:
    status, _printed = programs.run(KILLED, where, point)
    target = where.files / "photo"
    is_named = POINTS.index(point) >= POINTS.index("photo named")

    assert (status, target.exists()) == (-signal.SIGKILL, is_named)
    if is_named:
        assert target.stat().st_size == header.HEADER_BYTES + 300_000 + 2 * 16


def test_file_is_sealed_again_where_a_killed_writer_left_its_beginning(key: UUID, tmp_path: Path) -> None:
    (tmp_path / "photo.new").write_bytes(b"half")
    seal_file(BytesIO(CONTENT), tmp_path / "photo", key=key, bound_to=PHOTO)

    assert content_of(tmp_path / "photo") == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == ["photo"]
