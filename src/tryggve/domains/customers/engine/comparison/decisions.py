"""What a person decided about the doubles of a list, before it is brought in."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Why = Literal["same_person", "same_number", "same_email", "same_phone", "same_name", "like_name_and_address"]
Verdict = Literal["same", "new", "out"]
Rules = Mapping[Why, Verdict]


@dataclass(frozen=True, slots=True)
class Choice:
    """About one row: the same as that customer (or as the customer of an earlier row), another person, or left out.

    ``customer`` is an id of the register, ``row`` the place of an earlier row; neither is known any more once the
    customer was deleted.
    """

    verdict: Verdict
    why: Why
    customer: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """Choices by the place of their row, and rules by the kind of double. A choice stands above a rule."""

    choices: dict[int, Choice] = field(default_factory=dict)
    rules: dict[Why, Verdict] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        choices = [
            [place, one.verdict, one.why, one.customer, one.row] for place, one in self.choices.items()
        ]
        return json.dumps({"choices": choices, "rules": self.rules}).encode()

    @classmethod
    def from_bytes(cls, document: bytes) -> "Decisions":
        told = json.loads(document)
        return cls({place: Choice(*rest) for place, *rest in told["choices"]}, told["rules"])

    def named(self) -> frozenset[str]:
        """The ids of customers in the register whom some choice is about."""
        return frozenset(one.customer for one in self.choices.values() if one.customer)

    def led_on(self, kept: Mapping[str, str]) -> "Decisions":
        """The same about those who stand for customers who were merged into them, by the ids of these."""
        choices = {
            place: replace(one, customer=kept.get(one.customer or "", one.customer))
            for place, one in self.choices.items()
        }
        return replace(self, choices=choices)

    def without(self, customers: Collection[str], places: Collection[int]) -> "Decisions":
        """The same when these customers were deleted and nothing is left of these rows.

        That a row is the same as somebody who is gone falls away; that it is another person, or is left out, stays.
        """
        kept: dict[int, Choice] = {}
        for place, one in self.choices.items():
            is_about_gone = one.customer in customers or one.row in places
            if place in places or (is_about_gone and one.verdict == "same"):
                continue
            kept[place] = replace(one, customer=None, row=None) if is_about_gone else one
        return replace(self, choices=kept)
