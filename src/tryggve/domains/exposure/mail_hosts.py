"""The known keepers of mail and names, from ``content/mail_hosts.toml``."""

import tomllib
from functools import cache
from pathlib import Path

from tryggve.domains.exposure.engine.hosts import Host, Hosts

_FILE = Path(__file__).parent / "content" / "mail_hosts.toml"


@cache
def known() -> Hosts:
    """As the file has them."""
    told = tomllib.loads(_FILE.read_text())
    hosts = tuple(
        Host(
            code,
            one["name"],
            tuple(one.get("mail", ())),
            tuple(one.get("dns", ())),
            one.get("spf", ""),
            tuple(one.get("selectors", ())),
            one.get("relative", False),
            {language: tuple(steps) for language, steps in one.get("path", {}).items()},
        )
        for code, one in told["hosts"].items()
    )
    return Hosts(hosts, tuple(told["selectors"]), frozenset(told["lent"]))
