import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.lib import durable, errors, write_points
from tryggve.vault import opening
from tryggve.vault.binding import Binding
from tryggve.vault.locked import cause_in_words
from tryggve.vault.sealed_files import header
from tryggve.vault.sealed_files.reading import SealedReader
from tryggve.vault.sealed_files.writing import write_sealed


class FileNotKept(errors.Refusal):
    """The disk didn't take the file; nothing of it stays there."""

    exit_status = 1

    def __init__(self, cause: OSError) -> None:
        sentence = _(
            "The file was not kept: %(cause)s. Nothing else was changed. Make room or mend the disk, and try again."
        )
        super().__init__(sentence % {"cause": cause_in_words(cause)})


def seal_file(source: BinaryIO, target: Path, *, key: UUID, bound_to: Binding) -> int:
    """Seal what the source still gives, in a new file; returns how many bytes that was.

    A file is written once, under a name that nobody else writes (a new id's): raises FileExistsError when it is
    there. Raises FileNotKept, KeyGone, Damaged for another's key, and what vault.keyring raises.
    """
    head, chunks = header.new(opening.keyring(), key=key, bound_to=bound_to)
    with _written_whole(target, head) as out:
        return write_sealed(source, out, chunks)


def open_file(path: Path, *, bound_to: Binding, keys: header.Opening | None = None) -> SealedReader:
    """The file for reading, with the process's own keyring unless ``keys`` are given; key and end are checked first.

    An erasure or a lock meanwhile isn't noticed: hold it for one reading. Raises KeyGone, Damaged, NewerFormat, OSError
    (FileNotFoundError when it isn't there), and what vault.keyring raises.
    """
    file = path.open("rb")
    try:
        chunks = header.read(file.read(header.HEADER_BYTES), keys or opening.keyring(), bound_to=bound_to)
        return SealedReader(file, chunks, begins_at=header.HEADER_BYTES)
    except BaseException:
        file.close()
        raise


@contextlib.contextmanager
def _written_whole(target: Path, head: bytes) -> Iterator[BinaryIO]:
    """What follows the header; the file gets its name when the block has ended well."""
    try:
        durable.clear_unfinished(target)  # what a writing left behind that was killed
        unfinished = durable.write_unfinished(target, head)
        write_points.reached("sealed file: begun")
        with unfinished.open("ab") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        write_points.reached("sealed file: written")
        durable.put_in_place(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            durable.clear_unfinished(target)
        if isinstance(error, OSError) and not isinstance(error, FileExistsError):
            raise FileNotKept(error) from None
        raise
