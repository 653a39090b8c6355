"""Who names keys: a key that any owner names is in use and is never collected."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

Owner = Callable[[], Iterable[UUID]]

_owners: dict[str, Owner] = {}


class NobodyOwnsKeys(Exception):
    """No domain has told which keys it uses, so that none can be called left over."""


def owner(name: str) -> Callable[[Owner], Owner]:
    """Register the function that yields the id of every key its domain uses, whatever state the row is in.

    Every domain that makes keys must have one, in a plug file, from the commit that makes the first key: the
    keys of a domain without are destroyed a day later. It raises rather than leave out a key it can't read.
    """

    def register(function: Owner) -> Owner:
        _owners[name] = function
        return function

    return register


def keys_in_use() -> Iterator[UUID]:
    """The ids of all keys that any owner names. Raises NobodyOwnsKeys, and whatever an owner raises."""
    if not _owners:
        raise NobodyOwnsKeys
    for function in _owners.values():
        yield from function()
