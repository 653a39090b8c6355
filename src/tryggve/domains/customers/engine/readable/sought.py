from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

_AT = b"@"
_STEM = 4


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: secrets by a code, each in many forms, and e-mail addresses in small letters.

    A database writes one column right after the other, so that an address may have letters beside it.
    """

    forms: Mapping[str, Collection[bytes]]
    addresses: Collection[bytes] = ()
    _by_stem: Mapping[bytes, list[tuple[bytes, bytes]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_stem: dict[bytes, list[tuple[bytes, bytes]]] = {}
        for before, after in _halves(self.addresses):
            by_stem.setdefault(after[:_STEM], []).append((before, after))
        object.__setattr__(self, "_by_stem", by_stem)

    @property
    def overlap_bytes(self) -> int:
        """How much of one piece must stand before the next, so that nothing hides where they meet."""
        addresses = [2 * len(one) for one in self.addresses]
        return max([len(form) for some in self.forms.values() for form in some] + addresses, default=0)

    def found_in(self, content: bytes) -> Iterator[str]:
        """The codes of what can be read there; ``address`` for an address."""
        for code, some in self.forms.items():
            if any(form in content for form in some):
                yield code
        if self._by_stem and self._has_address(content.lower()):
            yield "address"

    def _has_address(self, content: bytes) -> bool:
        """By the sign that each has, which is found quicker than hundreds of addresses."""
        at = content.find(_AT)
        while at >= 0:
            for before, after in self._by_stem.get(content[at + 1 : at + 1 + _STEM], ()):
                if content.startswith(after, at + 1) and content.endswith(before, 0, at):
                    return True
            at = content.find(_AT, at + 1)
        return False


def _halves(addresses: Collection[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for one in addresses:
        for form in (one, one.decode().encode("utf-16-le")):
            before, _at, after = form.partition(_AT)
            yield before, after
