"""Today, the protections, and what people say of them."""

from datetime import datetime
from typing import Any

from tests.by_role.rows import rows
from tryggve.accounts.models import User
from tryggve.controls import services

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
protection:today                GET       s    u    +    +    +    +    +    +    +    +
protection:controls             GET       s    u    +    +    +    -    -    -    +    +
protection:control              GET       s    u    +    +    +    -    -    -    +    +
protection:size                 POST      s    u    +    +    +    -    -    -    -    -
protection:measure              POST      s    u    +    +    +    -    -    -    -    -
protection:vouch                GET,POST  s    u    +    +    +    -    -    -    -    -
protection:vouch-file           GET       s    u    +    +    +    -    -    -    +    -
protection:withdraw             POST      s    u    +    +    +    -    -    -    -    -
protection:leave-out            GET,POST  s    u    +    +    +    -    -    -    -    -
protection:bring-back           POST      s    u    +    +    +    -    -    -    -    -
""")
BODIES: dict[str, dict[str, Any]] = {
    "protection:size": {"size": "hour"},
    "protection:vouch": {"note": "seen", "until": ""},
    "protection:leave-out": {"reason": "There is no website.", "until": ""},
}


def things(by: User, at: datetime) -> dict[str, Any]:
    """A protection that is measured, one that somebody vouched for, and one that is left out."""
    file = services.Attached("paper.txt", b"signed")
    vouched = services.attest(control="GOV-03", by=by, note="read", until=None, at=at, file=file)
    left_out = services.exempt(control="WEB-01", by=by, reason="no website", until=None, at=at)
    return {
        "control": "MAI-01",
        "attestation": vouched,
        "exemption": left_out,
        "protection:vouch control": "GOV-03",
        "protection:vouch-file control": "GOV-03",
        "protection:withdraw control": "GOV-03",
        "protection:leave-out control": "WEB-01",
        "protection:bring-back control": "WEB-01",
    }
