"""How the header of a 7z archive writes its numbers (7zFormat.txt of the LZMA SDK)."""

import struct

from tryggve.domains.datamap.engine.reading.parts import NotRead, Reason


class Cursor:
    """Raises NotRead (damaged) past the end. A count larger than the whole header can't be true."""

    def __init__(self, content: bytes, at: int = 0) -> None:
        self._content, self._at = content, at

    def take(self, size: int) -> bytes:
        taken = self._content[self._at : self._at + size]
        if len(taken) < size:
            raise NotRead(Reason.DAMAGED)
        self._at += size
        return taken

    def rest(self) -> bytes:
        return self.take(len(self._content) - self._at)

    def byte(self) -> int:
        return self.take(1)[0]

    def expect(self, byte: int) -> None:
        if self.byte() != byte:
            raise NotRead(Reason.DAMAGED)

    def number(self) -> int:
        """Of up to eight bytes: ones at the head of the first tell how many follow, the lowest first."""
        first = self.byte()
        following = next((count for count in range(8) if not first & 0x80 >> count), 8)
        high = first & (0x7F >> following) if following < 8 else 0
        return int.from_bytes(self.take(following), "little") | high << 8 * following

    def count(self) -> int:
        found = self.number()
        if found > len(self._content):
            raise NotRead(Reason.DAMAGED)
        return found

    def numbers(self, count: int) -> list[int]:
        return [self.number() for _each in range(count)]

    def bits(self, count: int) -> list[bool]:
        packed = self.take(-(-count // 8))
        return [bool(packed[place // 8] & 0x80 >> place % 8) for place in range(count)]

    def bits_or_all(self, count: int) -> list[bool]:
        return [True] * count if self.byte() else self.bits(count)

    def crcs(self, count: int) -> list[int | None]:
        return [struct.unpack("<I", self.take(4))[0] if told else None for told in self.bits_or_all(count)]
