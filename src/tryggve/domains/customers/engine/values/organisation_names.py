"""By what the name of an organisation is told from a person's."""

import re

# The forms of Swedish, Danish, Norwegian and Finnish law, and some from further away, as they are written: in small
# letters «as» and «da» are words.
_AT_END = (
    "AB Ab HB KB EF BRF Brf IF IK SK FK ApS APS Aps A/S AS I/S IS K/S KS P/S IVS AMBA AmbA a.m.b.a. ASA ANS DA BA SA"
    " ENK NUF Oy OY Oyj OYJ Ky KY Tmi TMI Ay Ltd LTD Ltd. GmbH GMBH AG Inc INC Inc. LLC BV SpA SARL SAS"
)
_AT_START = "AB HB KB BRF Brf IF IK SK FK A/S AS I/S NUF Tmi"
_WORDS = (
    r"aktiebolag|handelsbolag|kommanditbolag|ek\.?\s?för|ekonomisk förening|förening|föreningen|stiftelse|stiftelsen"
    r"|bostadsrättsförening\w*|forening|foreningen|fonden|selskab|aktieselskab|anpartsselskab|aksjeselskap|osakeyhtiö"
    r"|kommun|kommune|borettslag\w*|andelsbolig\w*"
)
_PARTNERS = r"co|comp|company|son|sons|söner|sønner|sønn|søn|partner\w*"


def _one_of(forms: str) -> str:
    return "(?:" + "|".join(map(re.escape, forms.split())) + ")"


# In the middle they may be anything: «MARIA DA SILVA» is a person.
_SIGNS = re.compile(
    rf"^{_one_of(_AT_START)}(?=\s)|(?<=\s){_one_of(_AT_END)}(?=\s*(?:$|[,(]))"
    rf"|(?i:(?<!\w)(?:{_WORDS})(?!\w))|&\s*(?i:{_PARTNERS})\b"
)


def is_organisation(name: str) -> bool:
    """Whether a name has a legal form in it («AB», «A/S»), a word for one, or partners («& Co»)."""
    return _SIGNS.search(name) is not None
