from collections.abc import Sequence

Mark = str | tuple[str, str]


class Holders:
    """Who has a mark, in the order they came; most marks have one holder and cost no list."""

    def __init__(self) -> None:
        self._held: dict[Mark, int | list[int]] = {}

    def add(self, mark: Mark, holder: int) -> None:
        held = self._held.setdefault(mark, holder)
        if isinstance(held, list):
            held.append(holder)
        elif held != holder:
            self._held[mark] = [held, holder]

    def of(self, mark: Mark) -> Sequence[int]:
        held = self._held.get(mark, ())
        return (held,) if isinstance(held, int) else held
