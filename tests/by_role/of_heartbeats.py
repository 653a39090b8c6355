"""Another backup, which calls its address."""

from datetime import datetime
from typing import Any

from tests.by_role.rows import rows
from tryggve.domains.backups.services import heartbeats

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
# A program calls it, and has nothing but the address
backups:heard                   GET,POST  +    +    +    +    +    +    +    +    +    +    204
""")


def things(at: datetime) -> dict[str, Any]:
    _id, secret = heartbeats.add_address(title="Laptop", every_days=1, actor="system", at=at)
    return {"backups:heard token": secret}
