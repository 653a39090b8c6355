"""Ways to reach or to place a person: e-mail, telephone, IP and postal addresses, dates of birth."""

from collections.abc import Callable, Sequence
from typing import Final

from tryggve.domains.datamap.engine.contacts import address, date_of_birth, email, ip, phone
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

FINDERS: Final[Sequence[Callable[[Text], Spans]]] = (
    email.find,
    phone.find,
    ip.find,
    address.find,
    date_of_birth.find,
)
