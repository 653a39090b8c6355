"""How old files are, in people's words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tryggve.domains.datamap.selectors.ages import Age

_NAMES: Final[Mapping[Age, Promise]] = {
    Age.YEAR: pgettext_lazy("age of files", "less than a year"),
    Age.THREE: pgettext_lazy("age of files", "one to three years"),
    Age.SEVEN: pgettext_lazy("age of files", "three to seven years"),
    Age.OLDER: pgettext_lazy("age of files", "more than seven years"),
    Age.UNKNOWN: pgettext_lazy("age of files", "nobody knows"),
}
# For a column of numbers.
_SHORT: Final[Mapping[Age, Promise]] = {
    Age.YEAR: pgettext_lazy("years of age, as a heading", "< 1"),
    Age.THREE: pgettext_lazy("years of age, as a heading", "1–3"),
    Age.SEVEN: pgettext_lazy("years of age, as a heading", "3–7"),
    Age.OLDER: pgettext_lazy("years of age, as a heading", "> 7"),
    Age.UNKNOWN: pgettext_lazy("years of age, as a heading", "?"),
}


def name(age: Age) -> str:
    return str(_NAMES[age])


def short(age: Age) -> str:
    return str(_SHORT[age])
