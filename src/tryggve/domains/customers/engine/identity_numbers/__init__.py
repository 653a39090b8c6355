"""Identity numbers of Sweden, Denmark, Norway and Finland: read as people type them, kept in one form.

For most cases use ``parse_number(text, country="SE", on=today)``, which gives an :class:`IdentityNumber` or raises
:class:`NotANumber`, and ``written(number)``, which is how the number is shown.
"""

from tryggve.domains.customers.engine.identity_numbers.certainty import (
    is_surely_no_phone,
    is_surely_personal,
)
from tryggve.domains.customers.engine.identity_numbers.kinds import (
    PERSONAL,
    IdentityNumber,
    Kind,
    NotANumber,
    Problem,
    written,
)
from tryggve.domains.customers.engine.identity_numbers.recognition import parse_number

__all__ = [
    "PERSONAL",
    "IdentityNumber",
    "Kind",
    "NotANumber",
    "Problem",
    "is_surely_no_phone",
    "is_surely_personal",
    "parse_number",
    "written",
]
