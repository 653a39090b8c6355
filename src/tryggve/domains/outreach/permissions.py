from tryggve.accounts import permissions
from tryggve.accounts.roles import Area, Level

# What was written to customers and how far it came; counts, and those of one's own customers whom it didn't reach.
permissions.declare("outreach.view", area=Area.CUSTOMERS, level=Level.READ)
# It goes to customers within the reach of who sends it.
permissions.declare("outreach.write", area=Area.CUSTOMERS)
# What those customers think who are within reach; to ask them, and to write down what was done.
permissions.declare("outreach.feedback", area=Area.CUSTOMERS, level=Level.READ)
permissions.declare("outreach.feedback-change", area=Area.CUSTOMERS)
