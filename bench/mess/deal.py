"""Deals out what is planted, so that no kind comes short: each time the one that has come least."""

from collections import Counter

from bench.mess import kinds
from bench.mess.values import Dice, Forms, Near, Phrase, Value, values_of

_TELL_ALL = sorted(kinds.KINDS)


class Deal:
    def __init__(self) -> None:
        self.true: Counter[str] = Counter()
        self.near: Counter[str] = Counter()
        self._near_of: Counter[Near] = Counter()

    def fewest(self) -> int:
        """How many the scarcest kind has, true ones or near misses."""
        return min(counter[kind] for counter in (self.true, self.near) for kind in _TELL_ALL)

    def phrase(self, dice: Dice, language: str) -> Phrase:
        return self.told(self._scarcest(self.true, dice, language).phrase(dice, language))

    def miss(self, dice: Dice, language: str) -> Phrase:
        """A near miss of the scarcest kind, in the way that it has come least."""
        makers = self._scarcest(self.near, dice, language).near
        make = min(makers, key=lambda one: self._near_of[one])
        self._near_of[make] += 1
        return self.told(make(dice, language))

    def told(self, phrase: Phrase) -> Phrase:
        """Counts what is in it."""
        for value in values_of(phrase):
            self.count(value)
        return phrase

    def count(self, value: Value) -> Value:
        if not value.is_optional:
            (self.near if value.is_near else self.true)[value.kind] += 1
        return value

    def _scarcest(self, counter: Counter[str], dice: Dice, language: str) -> Forms:
        return min(kinds.of_language(language), key=lambda forms: (counter[forms.kind], dice.random()))
