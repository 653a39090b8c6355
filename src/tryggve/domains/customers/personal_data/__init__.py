"""What this domain holds about a person, a file for each thing that ends by a rule of its own."""

from tryggve.domains.customers.personal_data import (
    card,
    documents,
    imports,
    merges,
    notes,
    relations,
    saved_views,
    sensitive,
)
from tryggve.privacy import registry

# In the order in which they are erased: the card last, as what hangs on it would go with its row untold.
for one in (imports, documents, merges, notes, relations, sensitive, saved_views, card):
    registry.register(one.HOLDING)
