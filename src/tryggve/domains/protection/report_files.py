"""A report as files: a PDF for people, and the signed file for whoever wants to check it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tryggve.controls.engine.standing import State
from tryggve.domains.protection import report_words as words
from tryggve.domains.protection.forms.company_size import NAMES
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors.reports import Opened
from tryggve.lib.errors import Refusal
from tryggve.lib.pdf import can_make_pdf, pdf_of

FORMS: Final[Mapping[str, str]] = {"pdf": "application/pdf", "json": "application/json"}
_STYLE: Final = """
@page { size: A4; margin: 20mm 20mm 22mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8.5pt "DejaVu Sans", "Liberation Sans", sans-serif; color: #444; } }
body { font: 10pt/1.5 "DejaVu Sans", "Liberation Sans", sans-serif; color: #111; margin: 0; }
h1 { font-size: 21pt; line-height: 1.2; margin: 0 0 3mm; }
h2 { font-size: 14pt; line-height: 1.25; margin: 9mm 0 3mm; break-after: avoid; }
h3 { font-size: 11.5pt; line-height: 1.3; margin: 6mm 0 2mm; break-after: avoid; }
h4 { font-size: 10pt; line-height: 1.35; margin: 0; break-after: avoid; }
p { margin: 0 0 2mm; }
ul, ol { margin: 1mm 0 2mm; padding-left: 5mm; }
table { width: 100%; border-collapse: collapse; margin: 1mm 0 4mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border-top: 0.5pt solid #bbb; padding: 1.2mm 3mm 1.2mm 0; text-align: left; vertical-align: top; }
th { font-weight: bold; }
.facts th { width: 36%; }
.number { text-align: right; padding-right: 0; padding-left: 3mm; white-space: nowrap; }
.term { color: #444; font-size: 8.5pt; margin: 0 0 1mm; }
.score { font-size: 17pt; font-weight: bold; line-height: 1.3; margin: 6mm 0 2mm; }
.control { break-inside: avoid; border-top: 0.5pt solid #bbb; padding: 2.5mm 0 1.5mm; }
.control p { margin: 0 0 1mm; }
.state { font-weight: bold; }
.failing { color: #9b1c1c; }
.small { font-size: 8.5pt; color: #333; }
.method { break-before: page; }
.code { font-family: "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 8pt; overflow-wrap: anywhere; }
"""
_COUNTED: Final = (
    ("attested", State.ATTESTED),
    ("stale", State.STALE),
    ("failing", State.FAILING),
    ("unknown", State.UNKNOWN),
    ("not_applicable", State.NOT_APPLICABLE),
)
# What a measuring shows is said of one that counts; what it doesn't, also of one that is old.
_COUNTS: Final = frozenset({"proved", "observed"})
_WAS_MEASURED: Final = _COUNTS | {"stale"}


class NoPdfHere(Refusal):
    """The library that sets the text of a PDF isn't on this computer."""

    sentence: ClassVar = _("This computer can't make PDF files, since Pango isn't installed.")


@dataclass(frozen=True, slots=True)
class File:
    """Something to download."""

    name: str
    media_type: str
    content: bytes


def as_pdf(opened: Opened) -> File:
    """The report on A4, for screen readers, too (PDF/UA). Raises NoPdfHere."""
    if not can_make_pdf():
        raise NoPdfHere
    identifier = bytes.fromhex(opened.digest)[:16]
    return _file(opened.content, "pdf", pdf_of(page_of(opened), style=_STYLE, identifier=identifier))


def as_json(signed: Mapping[str, Any]) -> File:
    """The signed report, which ``tools/verify_audit.py`` reads."""
    content = json.dumps(signed, ensure_ascii=False, indent=1)
    return _file(signed["report"], "json", f"{content}\n".encode())


def page_of(opened: Opened) -> str:
    """The report as a whole HTML page with nothing to fetch."""
    content = opened.content
    with translation.override(content["language"]):
        return render_to_string("protection/report_paper.html", _facts(opened, content))


def _facts(opened: Opened, content: Mapping[str, Any]) -> Mapping[str, Any]:
    controls = [_control(one, opened.names) for one in content["controls"]]
    score, counted = content["score"], content["score"]["of"] + content["score"]["not_applicable"]
    return {
        "report": content,
        "digest": opened.digest,
        "reader": Report.Reader(content["reader"].upper()).label,
        "made_on": words.day(datetime.fromisoformat(content["made_at"])),
        "since": words.day(date.fromisoformat(content["period"]["since"])),
        "until": words.day(date.fromisoformat(content["period"]["until"])),
        "score": score,
        "counted": counted,
        "in_all": counted + content["not_counted"],
        "list": NAMES[content["tier"]],
        "counts": [
            (words.state_mark(state), words.state_name(state), score[name]) for name, state in _COUNTED
        ],
        "areas": [(area["name"], _of_area(area["area"], controls)) for area in content["areas"]],
        "failing": [one for one in controls if one["state"] == "failing"],
    }


def _of_area(area: str, controls: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    return [one for one in controls if one["area"] == area]


def _control(one: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, Any]:
    said = [one[name]["statement"] for name in ("attested", "exempted") if one[name]]
    return {
        **one,
        "mark": words.state_mark(State(one["state"])),
        "has_passed": one["state"] in _COUNTS,
        "was_measured": one["state"] in _WAS_MEASURED,
        "names": [names[statement] for statement in said if statement in names],
        "standards": _standards(one["law"]),
    }


def _standards(law: Mapping[str, Sequence[str]]) -> str:
    called = {"gdpr": "GDPR art.", "iso": "ISO/IEC 27001:2022", "cis": "CIS Controls v8"}
    return " · ".join(f"{name} {', '.join(law[code])}" for code, name in called.items() if law.get(code))


def _file(content: Mapping[str, Any], form: str, data: bytes) -> File:
    name = f"tryggve-{content['reader']}-{content['language']}-{content['made_at'][:10]}.{form}"
    return File(name, FORMS[form], data)
