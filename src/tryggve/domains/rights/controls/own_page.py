"""The customers' door is tried together with those of who works here."""

from tryggve.domains.access import api as access
from tryggve.domains.rights.services.drills import other_browsers

access.other_doors.register(other_browsers.is_open)
