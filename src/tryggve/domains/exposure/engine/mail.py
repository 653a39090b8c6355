"""Whether others can send mail in a domain's name: everything together, and how far the domain has come."""

from dataclasses import dataclass
from enum import IntEnum

from tryggve.domains.exposure.engine import dkim, dmarc, spf_walk, transport
from tryggve.domains.exposure.engine.dkim import Keys
from tryggve.domains.exposure.engine.dmarc import Found, Policy
from tryggve.domains.exposure.engine.hosts import Hosts
from tryggve.domains.exposure.engine.questions import Asks
from tryggve.domains.exposure.engine.spf_walk import Walked
from tryggve.domains.exposure.engine.transport import PolicyOf, Transport
from tryggve.domains.exposure.engine.troubles import Advice, Trouble

_SENDS_NOTHING = ["v=spf1", "-all"]
_NO_RECORD, _NO_KEYS, _NO_POLICY, _IN_THE_OPEN = Walked(), Keys(()), Found(), Transport(False, False, ())


class Level(IntEnum):
    """How far a domain has come; each holds all before it."""

    NOTHING = 0
    SENDERS_NAMED = 1
    SIGNED = 2
    WATCHED = 3
    SUSPECT_ASIDE = 4
    REFUSED = 5
    ENCRYPTED = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A domain, as the firm told of it: a domain that sends no mail at all may say so to everybody."""

    name: str
    sends: bool = True
    selectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailFindings:
    """What stands in the name service about a domain's mail, and what is wrong with it."""

    asked: Asked
    troubles: tuple[Trouble, ...]
    advice: tuple[Advice, ...] = ()
    spf: Walked = _NO_RECORD
    keys: Keys = _NO_KEYS
    dmarc: Found = _NO_POLICY
    transport: Transport = _IN_THE_OPEN
    takes_mail: bool = False
    mail_host: str = ""
    dns_host: str = ""

    @property
    def level(self) -> Level:
        """The highest of which all that lies below is reached, too."""
        policy = Policy.NONE if Trouble.DMARC_SUBDOMAINS in self.troubles else self.dmarc.policy
        reached = [
            not self.spf.troubles,
            not self.keys.troubles or not self.asked.sends,
            self.dmarc.record is not None and bool(self.dmarc.record.reports_to),
            policy >= Policy.QUARANTINE,
            policy >= Policy.REJECT,
            self.transport.is_enforced and self.transport.has_reports,
        ]
        return Level(next((step for step, is_reached in enumerate(reached) if not is_reached), len(reached)))


def look(asks: Asks, policy_of: PolicyOf, hosts: Hosts, asked: Asked) -> MailFindings:
    """Ask everything that there is to ask about the domain. Raises Unread, and then nothing is known."""
    name = asked.name
    if not asks.is_there(name):
        return MailFindings(asked, (Trouble.NO_SUCH_DOMAIN,))
    servers = asks.mail_servers(name)
    dns_host = hosts.of_names(asks.name_servers(name))
    return (_sending if asked.sends else _resting)(
        asks, policy_of, hosts, asked, servers, dns_host.code if dns_host else ""
    )


def _sending(
    asks: Asks, policy_of: PolicyOf, hosts: Hosts, asked: Asked, servers: tuple[str, ...], dns_host: str
) -> MailFindings:
    host = hosts.of_mail(servers)
    walked = spf_walk.walk(asks, asked.name)
    keys = dkim.find(asks, asked.name, hosts.selectors_for(host, asked.selectors))
    found = dmarc.find(asks, asked.name)
    takes_mail = any(servers)
    way = transport.find(asks, policy_of, asked.name) if takes_mail else _IN_THE_OPEN
    return MailFindings(
        asked,
        (*walked.troubles, *keys.troubles, *found.troubles),
        (*walked.advice, *found.advice, *way.advice),
        walked,
        keys,
        found,
        way,
        takes_mail,
        host.code if host else "",
        dns_host,
    )


def _resting(
    asks: Asks, policy_of: PolicyOf, hosts: Hosts, asked: Asked, servers: tuple[str, ...], dns_host: str
) -> MailFindings:
    """A domain that sends nothing says so: no sender is right, and all is refused."""
    walked = spf_walk.walk(asks, asked.name)
    found = dmarc.find(asks, asked.name)
    troubles: list[Trouble] = [*walked.troubles, *found.troubles]
    if walked.texts and not walked.troubles and walked.texts[0].lower().split() != _SENDS_NOTHING:
        troubles.append(Trouble.SPF_SENDS)
    if not found.troubles and min(found.policy, found.below) < Policy.REJECT:
        troubles.append(Trouble.DMARC_NOT_REJECT)
    advice = () if servers == ("",) else (Advice.NULL_MX_MISSING,)
    return MailFindings(
        asked,
        tuple(troubles),
        (*found.advice, *advice),
        walked,
        dmarc=found,
        takes_mail=any(servers),
        dns_host=dns_host,
    )
