"""What this domain holds about a person, a file for each thing that ends by a rule of its own."""

from tryggve.domains.outreach.personal_data import feedback, mailings
from tryggve.privacy import registry

for one in (feedback, mailings):
    registry.register(one.HOLDING)
