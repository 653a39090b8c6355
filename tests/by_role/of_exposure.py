"""A domain and a website that are watched, and two that were removed, for the addresses about them."""

from datetime import datetime
from typing import Any

from tests.by_role.rows import rows
from tryggve.domains.exposure.services import domains, receiver_reports, resolvers, sites
from tryggve.domains.exposure.tests.aggregate import day, report, row

ROWS = rows("""
exposure:overview               GET       s    u    +    +    +    -    -    -    +    +
exposure:start                  GET,POST  s    u    +    +    +    -    -    -    -    -
exposure:measure                POST      s    u    +    +    +    -    -    -    -    -
exposure:name-servers           GET,POST  s    u    +    +    +    -    -    -    -    -
exposure:domain-add             GET,POST  s    u    +    +    +    -    -    -    -    -
exposure:domain                 GET       s    u    +    +    +    -    -    -    +    +
exposure:domain-lines           GET       s    u    +    +    +    -    -    -    +    +
exposure:domain-change          GET,POST  s    u    +    +    +    -    -    -    -    -
exposure:domain-remove          POST      s    u    +    +    +    -    -    -    -    -
exposure:domain-restore         POST      s    u    +    +    +    -    -    -    -    -
exposure:reports                GET       s    u    +    +    +    -    -    -    +    +
exposure:report-add             POST      s    u    +    +    +    -    -    -    -    -
exposure:sender-judge           POST      s    u    +    +    +    -    -    -    -    -
exposure:site                   GET       s    u    +    +    +    -    -    -    +    +
exposure:site-add               GET,POST  s    u    +    +    +    -    -    -    -    -
exposure:site-remove            POST      s    u    +    +    +    -    -    -    -    -
exposure:site-restore           POST      s    u    +    +    +    -    -    -    -    -
""")

# Nothing can be sent there: the name service is asked, and nobody is.
_NOBODY = "255.255.255.255"
_SENDER = "192.0.2.1"


def things(at: datetime) -> dict[str, Any]:
    by: dict[str, Any] = {"actor": "system", "at": at}
    resolvers.choose(servers=[_NOBODY], **by)
    gone, gone_site = domains.add(told="gone.example", **by), sites.add(told="gone.example", **by)
    domains.remove(domain=gone, **by)
    sites.remove(site=gone_site, **by)
    watched = domains.add(told="annas.se", **by)
    told = report(row(ip=_SENDER), begins=day(at, 1))
    receiver_reports.read(watched, told, **by)
    return {
        "domain": watched,
        "site": sites.add(told="annas.example", **by),
        "exposure:domain-restore domain": gone,
        "exposure:site-restore site": gone_site,
    }


BODIES: dict[str, dict[str, Any]] = {
    "exposure:start": {"told": "bos.example"},
    "exposure:name-servers": {"servers": _NOBODY},
    "exposure:domain-add": {"told": "bos.example", "kind": "SENDS"},
    "exposure:domain-change": {"kind": "RESTS"},
    "exposure:sender-judge": {"sender": _SENDER, "is_own": "no"},
    "exposure:site-add": {"told": "bos.example"},
}
