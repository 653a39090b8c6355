"""By what a value that stands in files is known again: keyed hashes, since the values themselves are kept nowhere.

The key that makes them is one of its own in the key store. The first byte says what the value is, as the counts beside
it do in clear: persons are counted by one sort of value at a time.
"""

from collections.abc import Collection
from enum import IntEnum
from typing import Final

from tryggve import vault
from tryggve.lib import ids

REGISTER = ids.reserved("datamap")
TAG_BYTES = 16


class Sort(IntEnum):
    """What a value is, the surest sign of a person first."""

    NUMBER = 0
    EMAIL = 1
    PHONE = 2
    NAME = 3


# As ``customers.ValueMarks`` writes them; a name begins with a word.
_SORTS: Final = {"#": Sort.NUMBER, "@": Sort.EMAIL, "+": Sort.PHONE}


def made(marks: Collection[str]) -> list[bytes]:
    """A tag for each mark, in their order; the key is made with the first. Raises vault.Locked."""
    if not marks:
        return []
    vault.keyring().begin_tags(REGISTER)
    return _tags(marks)


def looked_up(marks: Collection[str]) -> list[bytes]:
    """The tags of what is looked for; none while no file has any. Raises vault.Locked."""
    try:
        return _tags(marks) if marks else []
    except vault.KeyGone:
        return []


def sort_of(tag: bytes) -> Sort:
    return Sort(tag[0])


def _tags(marks: Collection[str]) -> list[bytes]:
    hashes = vault.keyring().tags((mark.encode() for mark in marks), register=REGISTER)
    return [
        bytes([_SORTS.get(mark[0], Sort.NAME)]) + bytes.fromhex(one)[: TAG_BYTES - 1]
        for mark, one in zip(marks, hashes, strict=True)
    ]
