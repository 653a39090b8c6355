from collections.abc import Iterable, Sequence

Mark = str | tuple[str, str]


class Holders:
    """Who has a mark, in the order they came; most marks have one holder and cost no list."""

    def __init__(self) -> None:
        self._held: dict[Mark, int | list[int]] = {}

    def add(self, marks: Iterable[Mark], holder: int) -> None:
        """Note that somebody has these; who was noted last is not noted twice."""
        for mark in marks:
            held = self._held.setdefault(mark, holder)
            if held == holder:
                continue
            if not isinstance(held, list):
                self._held[mark] = [held, holder]
            elif held[-1] != holder:
                held.append(holder)

    def has_none_of(self, marks: Iterable[Mark]) -> bool:
        """Whether nobody has any of them."""
        return self._held.keys().isdisjoint(marks)

    def of(self, mark: Mark) -> Sequence[int]:
        held = self._held.get(mark, ())
        return (held,) if isinstance(held, int) else held
