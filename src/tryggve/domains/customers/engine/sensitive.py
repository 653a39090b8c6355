import json
from dataclasses import dataclass

from tryggve.domains.customers.engine.custom_fields import Custom
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.identity_numbers.spelling import number_key

# A person with a Swedish and a Norwegian number, and a firm's beside them; more than a few is a mistake.
MOST_NUMBERS = 10


@dataclass(frozen=True, slots=True)
class Sensitive:
    """What is opened only where somebody gives a reason, sealed as one document.

    ``custom`` are answers to the firm's own fields that are marked as sensitive, id of the field and text.
    """

    numbers: tuple[IdentityNumber, ...] = ()
    custom: Custom = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.custom)

    @property
    def number_keys(self) -> frozenset[str]:
        """By what a list that was brought in knows the numbers."""
        return frozenset(number_key(number.digits) for number in self.numbers)

    def to_bytes(self) -> bytes:
        """The document as JSON, empty fields left out."""
        filled = {
            "numbers": [[number.kind, number.digits] for number in self.numbers],
            "custom": [list(answer) for answer in self.custom],
        }
        return json.dumps({name: value for name, value in filled.items() if value}, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, document: bytes) -> "Sensitive":
        there = json.loads(document)
        return cls(
            numbers=tuple(IdentityNumber(kind, digits) for kind, digits in there.get("numbers", ())),
            custom=tuple((field, answer) for field, answer in there.get("custom", ())),
        )


def joined(kept: Sensitive, other: Sensitive) -> Sensitive:
    """What two documents of one customer say together; where both answer a field, the first does."""
    numbers = tuple(dict.fromkeys((*kept.numbers, *other.numbers)))
    return Sensitive(numbers, tuple((dict(other.custom) | dict(kept.custom)).items()))
