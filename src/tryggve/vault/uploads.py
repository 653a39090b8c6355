"""Files that a browser sends, for the whole site: never on the disk in clear.

The site's settings name :class:`SealingUploadHandler` in ``FILE_UPLOAD_HANDLERS``, and the most that one request may
bring, in bytes, as ``LARGEST_UPLOAD_BYTES``. Up to ``FILE_UPLOAD_MAX_MEMORY_SIZE`` a file stays in memory.
"""

import io
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tryggve.lib import folders
from tryggve.vault.sealed_files.files import FileNotKept
from tryggve.vault.sealed_files.incoming import Incoming


class SealingUploadHandler(FileUploadHandler):
    """Keep a file in memory while it is small, else sealed on the disk under a key that dies with the request.

    Only from someone who works here. A file beyond the limit arrives empty and with a size over the limit, for the
    form to refuse in words; one that the disk didn't take raises FileNotKept when it is read. Raising any of it here
    would end in a page that says the fault is ours, as Django reads uploads before it comes to any view.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0
        self._held: _Held | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        self._held = _Held()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._is_too_large():
            self._let_go()
        elif self._held is not None:
            self._held.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        return UploadedFile(
            file=io.BytesIO() if self._held is None else self._held.finished(),
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=self._received if self._is_too_large() else file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        self._let_go()

    def _is_too_large(self) -> bool:
        limit: int = settings.LARGEST_UPLOAD_BYTES
        return self._received > limit

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.discard()
            self._held = None


class _Held:
    """One file as far as it has come."""

    def __init__(self) -> None:
        self._memory = io.BytesIO()
        self._disk: Incoming | None = None
        self._failure: OSError | None = None

    def write(self, data: bytes) -> None:
        if self._failure is None:
            try:
                self._write(data)
            except OSError as failure:
                self.discard()
                self._failure = failure

    def _write(self, data: bytes) -> None:
        if self._disk is None and self._memory.tell() + len(data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self._disk = Incoming(folders.current().files / "incoming")
            self._disk.write(self._memory.getbuffer())
            self._memory = io.BytesIO()
        (self._disk or self._memory).write(data)

    def finished(self) -> BinaryIO:
        if self._failure is None and self._disk is not None:
            try:
                return self._disk.finished()
            except OSError as failure:
                self.discard()
                self._failure = failure
        if self._failure is not None:
            return _NotKept(self._failure)
        self._memory.seek(0)
        return self._memory

    def discard(self) -> None:
        if self._disk is not None:
            self._disk.discard()
        self._memory = io.BytesIO()


class _NotKept(io.RawIOBase, BinaryIO):
    """In place of a file that the disk didn't take: whoever reads it is told."""

    def __init__(self, cause: OSError) -> None:
        self._cause = cause

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return 0

    def readinto(self, buffer: object, /) -> int:
        raise FileNotKept(self._cause)
