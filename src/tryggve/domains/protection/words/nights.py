"""What was done in a night, a sentence for each kind of deed."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.audit.registry import actions
from tryggve.controls import actions as control_actions
from tryggve.domains.protection.services.nights import PROTECTIONS

# Told in the sentence on protections, or of no use on a first page.
_NOT_TOLD_ALONE = frozenset({control_actions.MEASURED.code, PROTECTIONS})


def sentences(counts: Mapping[str, int]) -> list[str]:
    """What was measured first, then the rest in the order of the night."""
    told = []
    if protections := counts.get(PROTECTIONS, 0):
        told.append(
            ngettext(
                "Measured one protection.", "Measured %(count)d protections.", protections
            ) % {"count": protections}
        )  # fmt: skip
    return told + [_one(code, count) for code, count in counts.items() if code not in _NOT_TOLD_ALONE]


def _one(code: str, count: int) -> str:
    match code:
        case control_actions.FINDING_OPENED.code:
            words = ngettext(
                "Found one protection that no longer holds.",
                "Found %(count)d protections that no longer hold.",
                count,
            )
        case control_actions.FINDING_CLOSED.code:
            words = ngettext(
                "Saw that one protection holds again.", "Saw that %(count)d protections hold again.", count
            )
        case _:
            action = actions().get(code)
            title = str(action.title) if action else code
            return title if count == 1 else _("%(deed)s: %(count)d") % {"deed": title, "count": count}
    return words % {"count": count}
