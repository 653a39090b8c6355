"""Who keeps a firm's mail and its names, told by the names of their servers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tryggve.domains.exposure.engine.names import is_within

_MOST_SELECTORS = 32


@dataclass(frozen=True, slots=True)
class Host:
    """One that keeps mail or names for others.

    ``spf`` lets its servers send; empty where it sends none. ``path`` is what to press, one after the other, to come
    to its page for DNS, by language.
    """

    code: str
    name: str
    mail: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    spf: str = ""
    selectors: tuple[str, ...] = ()
    is_relative: bool = False
    path: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hosts:
    """All that are known, the selectors worth asking for anywhere, and domains that nobody's firm owns."""

    known: tuple[Host, ...]
    selectors: tuple[str, ...]
    lent: frozenset[str] = frozenset()

    def of_mail(self, servers: Iterable[str]) -> Host | None:
        """Who takes the mail, by the names of its servers."""
        return _first(servers, [(host, host.mail) for host in self.known])

    def of_names(self, servers: Iterable[str]) -> Host | None:
        """Whose page the firm's DNS records are written on."""
        return _first(servers, [(host, host.dns) for host in self.known])

    def selectors_for(self, host: Host | None, own: Iterable[str]) -> tuple[str, ...]:
        """Those to ask for: the firm's own first."""
        usual = host.selectors if host else tuple(name for known in self.known for name in known.selectors)
        return tuple(dict.fromkeys((*own, *usual, *self.selectors)))[:_MOST_SELECTORS]


def _first(servers: Iterable[str], kept: list[tuple[Host, tuple[str, ...]]]) -> Host | None:
    named = tuple(servers)
    for host, suffixes in kept:
        if any(is_within(server, suffix) for server in named for suffix in suffixes):
            return host
    return None
