from tryggve.domains.rights.management.verbs import erase, package, restrict
from tryggve.lib.verbs import Verb, give

give("customers", Verb("erase", "rights.erase", erase.add, erase.run))
give("customers", Verb("restrict", "rights.restrict", restrict.add, restrict.run))
give("customers", Verb("package", "rights.package", package.add, package.run))
