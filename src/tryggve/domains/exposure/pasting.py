"""What a person pastes where: the lines, the next step, and the way to the page of whoever keeps the names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.exposure import mail_hosts, mail_words
from tryggve.domains.exposure.advising import Advised
from tryggve.domains.exposure.engine.hosts import Host
from tryggve.domains.exposure.engine.ladder import Rung
from tryggve.domains.exposure.engine.lines import Line

_NEXT: Mapping[Rung, StrOrPromise] = {
    Rung.NONE: _("Be told who sends mail in your name. Nothing is stopped yet."),
    Rung.QUARANTINE: _("Have false mail put among the junk."),
    Rung.REJECT: _("Have false mail refused."),
}
_PURPOSES: Mapping[tuple[str, str], StrOrPromise] = {
    ("@", "TXT"): _("Who may send your mail (SPF)"),
    ("_dmarc", "TXT"): _("What becomes of false mail (DMARC)"),
    ("_smtp._tls", "TXT"): _("Who is told when mail to you couldn't come encrypted (TLS-RPT)"),
    ("@", "MX"): _("That the domain takes no mail (null MX)"),
}
_ANY_LANGUAGE = "en"
_LETTERS_A_ROW = 32


@dataclass(frozen=True, slots=True)
class ToPaste:
    """One line as the host's page wants it, in three fields; ``name_in_full`` only where either could be wanted."""

    purpose: StrOrPromise
    name: str
    name_in_full: str
    kind: str
    value: str
    replaced: Sequence[str]

    @property
    def rows(self) -> int:
        """How high its field is, so that all of it is seen on a phone."""
        return max(2, -(-len(self.value) // _LETTERS_A_ROW))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page tells of it; ``path`` is what to press, one after the other, at the host's."""

    next_step: StrOrPromise
    is_safe: bool
    waits: Sequence[StrOrPromise]
    days_left: int
    lines: Sequence[ToPaste]
    later: ToPaste | None
    zone_file: str
    host: str
    path: Sequence[str]


def shown(advised: Advised) -> Shown:
    """The same in words, in the current language."""
    host = next((one for one in mail_hosts.known().known if one.code == advised.findings.dns_host), None)
    lines = [line for line in advised.lines if (line.below, line.kind) in _PURPOSES]
    step = advised.step
    return Shown(
        _NEXT[step.next] if step.next is not None else "",
        step.is_safe,
        [mail_words.WAITS[wait] for wait in step.waits_for],
        step.days_left,
        [_to_paste(line, host) for line in lines],
        _to_paste(advised.later, host) if advised.later else None,
        "\n".join(line.in_zone_file for line in lines),
        host.name if host else "",
        _path(host),
    )


def _to_paste(line: Line, host: Host | None) -> ToPaste:
    name = line.below if host is None or host.is_relative else line.name
    in_full = "" if host is not None else line.name
    return ToPaste(_PURPOSES[line.below, line.kind], name, in_full, line.kind, line.value, line.replaced)


def _path(host: Host | None) -> Sequence[str]:
    if host is None:
        return ()
    return host.path.get(get_language() or _ANY_LANGUAGE) or host.path.get(_ANY_LANGUAGE, ())
