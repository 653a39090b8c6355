"""Names written with the family name first."""

import re
from collections.abc import Iterable

from tryggve.domains.customers.engine.values.organisation_names import is_organisation

_FAMILY_FIRST = re.compile(r"([^\W\d_][^,;\d@]*),\s*([^\W\d_][^,;\d@]*)")
# «von Essen», «af Ugglas», «de la Gardie» are one family name; «Anna Ek, Lund» is none.
_PARTICLES = frozenset(
    {"von", "af", "av", "de", "la", "du", "den", "der", "van", "le", "di", "el", "al", "bin"}
)
_MOST_WORDS_AFTER = 3


def given_name_first(name: str) -> str:
    """«Anna Ek» for «Ek, Anna»; any other name, and an organisation's, as it is."""
    parts = _FAMILY_FIRST.fullmatch(name)
    return f"{parts[2].strip()} {parts[1].strip()}" if parts and not is_organisation(name) else name


def is_family_first(names: Iterable[str]) -> bool:
    """Whether the rule in a column is the family name, a comma, the given name: more than half of two or more."""
    fitting = others = 0
    for name in names:
        if _is_fitting(name):
            fitting += 1
        elif not is_organisation(name):
            others += 1
    return fitting > 1 and fitting > others


def _is_fitting(name: str) -> bool:
    parts = _FAMILY_FIRST.fullmatch(name)
    if not parts or is_organisation(name):
        return False
    family = [word for word in parts[1].split() if word.lower() not in _PARTICLES]
    return len(family) == 1 and len(parts[2].split()) <= _MOST_WORDS_AFTER
