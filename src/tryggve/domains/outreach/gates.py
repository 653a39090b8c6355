from tryggve.domains.customers import api as customers
from tryggve.domains.outreach.services import merged

for one in (
    customers.Carrier("outreach.mailings", merged.join_mailings, merged.part_mailings),
    customers.Carrier("outreach.feedback", merged.join_feedback, merged.part_feedback),
):
    customers.carrier(one)
