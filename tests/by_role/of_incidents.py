"""Something that happened, told by somebody, and a test alarm on its way."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.by_role.rows import rows
from tryggve.domains.incidents.models import TrialAlert
from tryggve.domains.incidents.services import reports
from tryggve.lib import random_tokens

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
incidents:trial                 GET,POST  +    +    +    +    +    +    +    +    +    +
incidents:report                GET,POST  s    u    +    +    +    +    +    +    +    +
incidents:thanks                GET       s    u    +    +    +    +    +    +    +    +
incidents:mine                  GET       s    u    +    +    +    +    +    +    +    +
incidents:reports               GET       s    u    +    +    +    -    -    -    +    -
incidents:card                  GET       s    u    +    +    +    -    -    -    +    -
incidents:receive               POST      s    u    +    +    +    -    -    -    -    -
incidents:answer                POST      s    u    +    +    +    -    -    -    -    -
incidents:close                 POST      s    u    +    +    +    -    -    -    -    -
""")

_TOKEN = "of-a-test-alarm"


def things(at: datetime) -> dict[str, Any]:
    report = reports.tell(kind="LOST", happened="NOW", words="A telephone.", by=None, at=at)
    TrialAlert.objects.create(to_ref=uuid4(), token_hash=random_tokens.hash_of(_TOKEN), sent_at=at)
    about_it = {f"incidents:{page} report": report for page in ("card", "receive", "answer", "close")}
    return about_it | {"incidents:trial token": _TOKEN, "incidents:thanks kind": "lost"}


BODIES: dict[str, dict[str, Any]] = {
    "incidents:report": {"kind": "LINK", "happened": "TODAY", "words": "A link."},
    "incidents:answer": {"answer-words": "Thank you."},
    "incidents:close": {"note-words": "Done."},
}
