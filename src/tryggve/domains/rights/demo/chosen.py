"""Which of the demo firm's customers something is told of: each of them has one story."""

from typing import Final
from uuid import UUID

from tryggve.domains.customers import api as customers

# Places in the list of customers, the oldest first.
ASKING: Final = slice(0, 2)
LEAVING: Final = slice(2, 4)
NOT_NEEDED: Final = slice(4, 12)
AGREEING: Final = slice(12, 40)
# A firm with fewer keeps everybody: whoever asked for that many wants to see them.
FEWEST_TO_ERASE: Final = 30


def those(places: slice) -> list[UUID]:
    """Fewer than the places where the firm has fewer customers. Nobody may be erased before everybody is chosen."""
    return customers.first_customers(places.stop)[places]
