"""Whether a translation carries the same placeholders and edges as its original."""

import re
from collections.abc import Iterator, Sequence

# «%(name)s», «%s», «%d» of Python's old formatting and «{name}» of its new; «%%» is a percent sign.
_PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[#0\-+]*[\d.]*[a-zA-Z]|\{\w*\}")


def placeholders(text: str) -> list[str]:
    """What is filled in when the sentence is said, sorted, with repetitions."""
    return sorted(found for found in _PLACEHOLDER.findall(text) if found != "%%")


def faults(originals: Sequence[str], forms: Sequence[str]) -> Iterator[str]:
    """Compare each form with its original; «one» may leave out the number that «many» tells."""
    one, many = originals[0], originals[-1] or originals[0]
    allowed = [placeholders(one), placeholders(many)]
    for index, form in enumerate(forms):
        fits = allowed if len(forms) > 1 and index == 0 else allowed[-1:]
        if placeholders(form) not in fits:
            yield f"placeholders differ in «{form}»"
        elif "%" in "".join(placeholders(form)) and "%" in _PLACEHOLDER.sub("", form):
            yield f"a lone «%» in «{form}»"
        if _edges(form) != _edges(one if index == 0 else many):
            yield f"begins or ends with other white space in «{form}»"


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
