"""Names become surer by what stands beside them."""

from typing import Final

import numpy as np

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.spans import Spans

_NEAR: Final = 200
# An organisation's number, a computer's address or a password beside a name tells no person.
_OF_FIRMS: Final = {Kind.SE_ORGNR, Kind.NO_ORGNR, Kind.DK_CVR, Kind.OCR_REFERENCE}
_OF_NO_PERSON: Final = {Kind.SECRET, Kind.IP, Kind.PERSON, Kind.SPECIAL} | _OF_FIRMS
_OF_A_PERSON: Final = np.array([kind not in _OF_NO_PERSON for kind in Kind])


def surer(found: Spans, signs: Spans) -> Spans:
    """The same, HIGH where one of the signs lies within 200 bytes. ``signs``: in any order."""
    if not len(found) or not len(signs):
        return found
    begun = np.searchsorted(np.sort(signs.start), found.end + _NEAR, "right")
    ended = np.searchsorted(np.sort(signs.end), found.start - _NEAR)
    is_near = begun > ended
    confidence = np.where(is_near, np.uint8(Confidence.HIGH), found.confidence)
    return Spans(found.start, found.end, found.kind, confidence)


def signs_of_persons(where: Spans | None) -> Spans:
    """Those of them that tell a person, but names."""
    return where[_OF_A_PERSON[where.kind]] if where is not None else spans.none()
