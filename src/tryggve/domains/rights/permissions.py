from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

# The law's calendar: the answer is the same for everybody, and nobody's data is asked.
permissions.declare("rights.dates", area=Area.OWN_SIGN_IN, level=Level.READ)
# What the company does with data, and what it tells of that: holds nobody's data.
permissions.declare("rights.view", area=Area.PURPOSES, level=Level.READ)
permissions.declare("rights.change", area=Area.PURPOSES)
# Who is put aside and who was erased; to put somebody aside, and to call that off.
permissions.declare("rights.erasures", area=Area.ERASURE, level=Level.READ)
permissions.declare("rights.erase", area=Area.ERASURE, step_up=True)
permissions.declare("rights.call-off", area=Area.ERASURE)
# How long somebody who is put aside can be brought back.
permissions.declare("rights.quarantine", area=Area.ERASURE, step_up=True)
permissions.declare("rights.restrict", area=Area.CUSTOMERS)
# What customers asked for by right, of those within reach.
permissions.declare("rights.requests", area=Area.CUSTOMERS, level=Level.READ)
permissions.declare("rights.requests-change", area=Area.CUSTOMERS)
# All that is held of somebody, sensitive details too, in one file.
permissions.declare("rights.package", area=Area.EXPORT, step_up=True)
# What a customer agreed to, and writing down what was said; asking by mail is as much.
permissions.declare("rights.consents", area=Area.CUSTOMERS, level=Level.READ)
permissions.declare("rights.consent-record", area=Area.CUSTOMERS)
# Whom nothing needs any more, who is kept and what the law holds; deciding that; having them erased.
permissions.declare("rights.retention", area=Area.ERASURE, level=Level.READ)
permissions.declare("rights.keep", area=Area.ERASURE)
permissions.declare("rights.purge", area=Area.ERASURE, step_up=True)
# By which service customers come to their own pages: whoever sets it could come in as any of them.
permissions.declare("rights.customer-provider", area=Area.WAYS_IN, step_up=True)
