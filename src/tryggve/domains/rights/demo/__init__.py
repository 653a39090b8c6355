"""What a demo firm shows of the law: purposes and notice, requests, consents, who is due, who is erased."""

from tryggve.domains.rights.demo.agreed import consents
from tryggve.domains.rights.demo.asked import requests
from tryggve.domains.rights.demo.ended import erasures, keeping
from tryggve.domains.rights.demo.papers import purposes_and_notice
from tryggve.lib import demonstration

__all__ = ["consents", "erasures", "keeping", "purposes_and_notice", "requests"]

# In this order: nobody is asked about a purpose that isn't there, and whoever is erased has no story any more.
for each in (purposes_and_notice, requests, consents, keeping, erasures):
    demonstration.content(each)
