"""What a ZIP file is written through while it is already sent, so that no more of it is held than a piece."""

import io


class Outlet(io.RawIOBase):
    """What was written since it was last emptied; a ZIP file goes through it without going back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        added = bytes(piece)  # type: ignore[call-overload]  # a buffer of any kind
        self._held += added
        return len(added)

    def taken(self) -> bytes:
        """The bytes, which are forgotten here."""
        piece = bytes(self._held)
        self._held.clear()
        return piece

    def __len__(self) -> int:
        return len(self._held)
