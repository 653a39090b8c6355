"""The report: those that were made, a new one, and one as files."""

from datetime import date, datetime
from typing import Any

from tests.by_role.rows import rows
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors.report_content import Wanted
from tryggve.domains.protection.selectors.report_history import Period
from tryggve.domains.protection.services import reports

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
protection:reports              GET       s    u    +    +    +    -    -    -    +    +
protection:report-make          GET       s    u    +    +    +    -    -    -    -    -
protection:report-made          GET       s    u    +    +    +    -    -    -    +    +
protection:report-file          GET       s    u    +    +    +    -    -    -    +    +
""")
# It signs how the log stands, which no rolled back transaction takes back.
LAST = rows("""
protection:report-make          POST      s    u    +    +    +    -    -    -    -    -
""")
BODIES: dict[str, dict[str, Any]] = {
    "protection:report-make": {"reader": "CUSTOMER", "language": "sv", "year": ""},
}


def things(at: datetime) -> dict[str, Any]:
    """A report that was made."""
    wanted = Wanted(Report.Reader.CUSTOMER, "sv", Period(date(at.year, 1, 1), at.date()))
    made = reports.make_report(wanted, with_names=False, actor="system", at=at)
    return {
        "protection:report-made report": made,
        "protection:report-file report": made,
        "protection:report-file form": "json",
    }
