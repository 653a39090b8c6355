"""First figures of telephone numbers in Sweden and Finland, and of how many figures the whole ones are.

Sources: the numbering plans of PTS (Sweden, «Svensk nummerplan för telefoni») and Traficom (Finland, regulation 32).
Norway and Denmark have eight figures and no areas (Nkom; Digitaliseringsstyrelsen).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Lengths = NDArray[np.uint16]

_SWEDISH_MOBILE: Final = "070 072 073 076 079"
_SWEDISH_OF_THREE: Final = "011 013 016 018-019 021 023 026 031 033 035-036 040 042 044 046 054 060 063 090"
_SWEDISH_OF_FOUR: Final = """
0120-0123 0125 0140-0144 0150 0152 0155-0159 0171 0173-0176 0220-0227 0240-0241 0243 0246-0248 0250-0251 0253 0258
0270-0271 0278 0280-0281 0290-0295 0297 0300-0304 0320-0325 0340 0345-0346 0370-0372 0380-0383 0390 0392-0393
0410-0411 0413-0418 0430-0431 0433 0435 0451 0454-0457 0459 0470-0472 0474 0476-0479 0480-0481 0485-0486 0490-0496
0498-0499 0500-0506 0510-0515 0520-0526 0528 0530-0534 0550-0555 0560 0563-0565 0570-0571 0573 0580-0587 0589-0591
0611-0613 0620-0624 0640 0642-0645 0647 0650-0653 0657 0660-0663 0670-0672 0680 0682 0684 0687 0690-0693 0695-0696
0910-0916 0918 0920-0929 0930 0932-0935 0940-0943 0950-0954 0960-0961 0970-0971 0973 0975-0978 0980-0981"""
_SWEDISH_FOR_ALL: Final = "010 0770-0772 0774-0776 0778"
_FINNISH_MOBILE: Final = "040-046 049-050 0400 0440 0450 0457 0500"
_FINNISH_OF_TWO: Final = "02-03 05-06 08-09"
_FINNISH_OF_THREE: Final = "010 013-020 029-030 071 073 075"

# The area codes and how many figures a number with its zero has.
_PLANS: Final = (
    (_SWEDISH_MOBILE, range(10, 11)),
    ("08", range(8, 11)),
    (_SWEDISH_OF_THREE, range(8, 11)),
    (_SWEDISH_OF_FOUR, range(9, 11)),
    (_SWEDISH_FOR_ALL, range(10, 11)),
    ("020", range(8, 11)),
    (_FINNISH_MOBILE, range(9, 12)),
    (_FINNISH_OF_TWO, range(7, 11)),
    (_FINNISH_OF_THREE, range(8, 11)),
    ("0800", range(8, 11)),
)
# Nothing but mobile telephones begins like these and is as long.
_MOBILES: Final = ((_SWEDISH_MOBILE, 10), ("040 044-046 050", 10))


def _codes(listed: str) -> list[str]:
    found = []
    for item in listed.split():
        first, _, last = item.partition("-")
        found += [f"{code:0{len(first)}}" for code in range(int(first), int(last or first) + 1)]
    return found


def _lengths() -> Lengths:
    """Bit n: a number that begins with that area code of two (row 0), three (1) or four (2) figures may have n."""
    table = np.zeros((3, 10_000), np.uint16)
    for listed, lengths in _PLANS:
        for code in _codes(listed):
            table[len(code) - 2, int(code)] |= sum(1 << length for length in lengths)
    # 0701-23 45 67: many take one figure more to the area of a mobile telephone.
    for code in _codes(_SWEDISH_MOBILE):
        table[2, int(code) * 10 : int(code) * 10 + 10] = 1 << 10
    return table


def _mobiles() -> Lengths:
    table = np.zeros(1_000, np.uint16)
    for listed, length in _MOBILES:
        table[[int(code) for code in _codes(listed)]] |= 1 << length
    return table


LENGTHS: Final = _lengths()
MOBILE_LENGTHS: Final = _mobiles()
