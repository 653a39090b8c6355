from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext as _

LARGEST_BYTES = 64 * 1024 * 1024


class MemoryOnlyUploadHandler(FileUploadHandler):
    """Keep an upload in memory: nothing readable about a customer may touch the disk.

    A request brings no more than LARGEST_BYTES, and only from someone who works here. A file beyond that arrives
    empty and with a size over LARGEST_BYTES, for the form to refuse in words: raising here would end in a page that
    says the fault is ours, as Django reads uploads before it comes to any view.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > LARGEST_BYTES:
            self._held = BytesIO()
        else:
            self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=self._received if self._received > LARGEST_BYTES else file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def too_large_in_words() -> str:
    return _(
        "The file is larger than 64 MB, more than a customer list should be. Nothing was read. Split it in two."
    )
