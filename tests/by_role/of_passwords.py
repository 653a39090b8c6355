"""How people come in, and who steps in for the captain."""

from typing import Any

from tests.by_role.rows import rows

ROWS = rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
access:passwords                GET       s    u    +    +    +    -    -    -    +    -
access:passwords-rule           GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:password-ask             GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:password-ask-no-more     POST      s    u    ^    ^    ^    -    -    -    -    -
access:standby                  GET,POST  s    u    ^    ^    ^    -    -    -    -    -
""")


def bodies(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is sent, by the name of the address."""
    return {
        "access:passwords-rule": {"longest_days": "365"},
        "access:password-ask": {"reason": "LEAKED"},
        "access:standby": {"person": str(things["person"])},
    }
