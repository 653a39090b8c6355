"""When an answer is due, how long something is kept, from what age a child says yes: the law's dates.

For most cases use ``deadline(received, country="SE")``, ``until("se-bookkeeping", last_day)`` and
``needs_guardian("SE", born, on)``. The rules lie in ``content/``, dated, each with its source.
"""

from tryggve.domains.rights.engine.calendars.ages import needs_guardian
from tryggve.domains.rights.engine.calendars.deadlines import Deadline, deadline
from tryggve.domains.rights.engine.calendars.keeping import UnknownRule, Until, until
from tryggve.domains.rights.engine.calendars.months import TooFarAway
from tryggve.domains.rights.engine.calendars.working_days import UnknownCountry

__all__ = [
    "Deadline",
    "TooFarAway",
    "UnknownCountry",
    "UnknownRule",
    "Until",
    "deadline",
    "needs_guardian",
    "until",
]
