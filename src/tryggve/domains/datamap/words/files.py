"""Files in words: what is in one, where in it, and how bad that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.models import File, Review, Source
from tryggve.domains.datamap.selectors.named import Named
from tryggve.domains.datamap.selectors.shown_files import Sample, ShownFile
from tryggve.domains.datamap.words import kinds, reasons

# Of ``summary.risk``: a list of forty addresses with telephone numbers has twelve, one person's diagnosis beside an
# identity number more than twice that.
_GRAVE: Final = 25
_CONSIDERABLE: Final = 10
_FEW: Final = 3
# As many samples as somebody reads at a glance.
_FIRST: Final = 10
_SURENESS: Final[dict[int, StrOrPromise]] = {
    Confidence.HIGH: gettext_lazy("surely"),
    Confidence.MEDIUM: gettext_lazy("probably"),
    Confidence.LOW: gettext_lazy("perhaps"),
}


# What the register brings in as a list; a text is one where it tells of several.
_LISTS: Final = frozenset({"csv", "tsv", "xlsx", "xls", "ods", "vcf", "vcard"})
_SEVERAL: Final = 5


@dataclass(frozen=True, slots=True)
class Brief:
    """A file without its name: what it is, where, and how bad."""

    row: File
    name: str
    place: str
    kinds: Sequence[str]
    risk: str
    tone: str


@dataclass(frozen=True, slots=True)
class ToldSample:
    kind: str
    sample: str
    where: str
    sure: str


@dataclass(frozen=True, slots=True)
class ToldFile:
    id: UUID
    row: File
    name: str
    folder: str
    path: str
    kinds: Sequence[tuple[str, int]]
    risk: str
    tone: str
    samples: Sequence[ToldSample]
    left_out: int
    not_scanned: Sequence[tuple[str, str]]
    reason: str
    review: Review | None
    may_stay: str

    @property
    def first_samples(self) -> Sequence[ToldSample]:
        return self.samples[:_FIRST]

    @property
    def more_samples(self) -> Sequence[ToldSample]:
        return self.samples[_FIRST:]

    @property
    def is_in_mailbox(self) -> bool:
        return self.row.source.kind == Source.Kind.MAILBOX

    @property
    def is_list(self) -> bool:
        """Whether the register can read it as one; a message, which ends in ``.eml``, is none."""
        row = self.row
        return row.format in _LISTS or (row.format == "txt" and row.persons >= _SEVERAL)


def brief(row: File, place: str) -> Brief:
    risk, tone = _risk(row.risk)
    name = _("%(format)s file") % {"format": row.format.upper()} if row.format else _("A file")
    return Brief(row, name, place, _kinds(row)[:_FEW], risk, tone)


def customer(one: Named) -> str:
    name = one.name or _("A customer without a name")
    return _("%(name)s (only the name is the same)") % {"name": name} if one.by_name_alone else name


def file(shown: ShownFile) -> ToldFile:
    path = shown.place.path if shown.place else ""
    pure = PurePath(path)
    risk, tone = _risk(shown.row.risk)
    return ToldFile(
        id=shown.row.pk,
        row=shown.row,
        name=pure.name or _("A file whose name can't be read"),
        folder=str(pure.parent) if path else "",
        path=path,
        kinds=[(kinds.name(kind), count) for kind, count in shown.row.counts.items()],
        risk=risk,
        tone=tone,
        samples=[_sample(one) for one in shown.samples],
        left_out=shown.left_out,
        not_scanned=[(inside, reasons.told(reason)) for inside, reason in shown.not_scanned],
        reason=reasons.told(shown.row.not_scanned) if shown.row.not_scanned else "",
        review=shown.review,
        may_stay=shown.reason,
    )


def _kinds(row: File) -> list[str]:
    return [kinds.name(kind) for kind in row.counts]


def _risk(risk: int) -> tuple[str, str]:
    if risk >= _GRAVE:
        return _("grave risk"), "danger"
    if risk >= _CONSIDERABLE:
        return _("considerable risk"), "warning"
    return _("small risk"), ""


def _sample(one: Sample) -> ToldSample:
    return ToldSample(kinds.name(one.kind), one.sample, where(one.where), str(_SURENESS[one.confidence]))


def where(told: dict[str, Any]) -> str:
    """``page 3``, ``Sheet1, cell B4``, ``in offers.zip/list.csv, byte 120``."""
    said = []
    if "part" in told:
        said.append(_("in %(part)s") % {"part": told["part"]})
    if "cell" in told:
        said.append(_("%(sheet)s, cell %(cell)s") % {"sheet": told.get("sheet", ""), "cell": told["cell"]})
    elif "page" in told:
        said.append(_("page %(page)s") % {"page": told["page"]})
    elif "line" in told:
        said.append(_("line %(line)s") % {"line": told["line"]})
    elif "offset" in told:
        said.append(_("byte %(offset)s") % {"offset": told["offset"]})
    return ", ".join(said)
