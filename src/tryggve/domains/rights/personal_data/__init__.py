"""What this domain holds about a person, a file for each thing that ends by a rule of its own."""

from tryggve.domains.rights.personal_data import (
    by_law,
    cases,
    consents,
    erasures,
    keeping,
    keeps,
    mail,
    packages,
    restrictions,
    sign_ups,
    visits,
)
from tryggve.privacy import registry

# In the order in which they are erased.
for one in (
    packages,
    cases,
    mail,
    visits,
    sign_ups,
    consents,
    keeps,
    keeping,
    restrictions,
    by_law,
    erasures,
):
    registry.register(one.HOLDING)
