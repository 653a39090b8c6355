"""Countries' calling codes and how many figures may follow them: ITU-T E.164 and the countries' numbering plans.

Short numbers for services are left out.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_PLANS: Final = (
    ((5, 5), "247 500 682"),
    ((4, 7), "683 690"),
    ((4, 5), "290"),
    ((5, 7), "676 677 678 688"),
    ((5, 8), "686"),
    ((5, 9), "27"),
    ((5, 10), "685 82"),
    ((6, 6), "298 299 672 681 687"),
    ((6, 7), "597"),
    ((6, 9), "252 359 376 40 421 508"),
    ((6, 10), "53 63 880 95 98 358"),
    ((6, 11), "39 352"),
    ((7, 7), "238 239 246 248 269 291 297 501 592 673 674 679 680 691 692 960"),
    ((7, 8), "230 241 267 372 507 599 670 675 961 975"),
    ((7, 9), "46 220 231 254 265 354 423 48 595 967"),
    ((7, 10), "243 353"),
    ((7, 11), "86 43 49"),
    ((7, 12), "381 62 882"),
    (
        (8, 8),
        "45 47 65 216 222 223 226 227 228 232 235 236 253 257 266 268 350 356 357 370 371 373 374 382 386 389 502 503 "
        "504 505 506 509 591 598 689 800 808 852 853 965 968 973 974 993",
    ),
    ((8, 9), "213 224 250 258 264 32 355 36 377 385 387 51 593 66 855 886 962 963 970 971"),
    ((8, 10), "20 378 57 60 64 850 856 964 976 977"),
    ((8, 12), "383 883 972"),
    (
        (9, 9),
        "211 212 218 221 233 237 240 242 244 245 249 251 255 256 260 261 262 263 33 34 351 375 380 41 420 56 590 594 "
        "596 61 93 94 966 979 992 994 995 996 998",
    ),
    ((9, 10), "44 81 84 881 92"),
    ((9, 11), "31"),
    ((9, 12), "870"),
    ((10, 10), "1 225 229 234 30 52 58 7 90 91"),
    ((10, 11), "54 55"),
    ((11, 11), "888"),
    ((12, 12), "878"),
)
NORDIC: Final = (45, 46, 47, 358)
# In these a zero belongs to the number, also after the country's code: Italy, Ivory Coast, Gabon, Congo (Brazzaville).
WITH_ZERO: Final = (39, 225, 241, 242, 378)


def _plans() -> NDArray[np.uint8]:
    """Row: code. Its own figures (0: there is no such code), the fewest and the most figures after it."""
    table = np.zeros((1_000, 3), np.uint8)
    for (fewest, most), codes in _PLANS:
        for code in codes.split():
            table[int(code)] = len(code), fewest, most
    return table


PLANS: Final = _plans()
