"""Two cards of one customer made one, and the one parted again."""

from collections import Counter
from collections.abc import Collection, Container, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from tryggve.domains.customers.engine.comparison.merging import has_too_much, merge
from tryggve.domains.customers.engine.custom_fields import LONGEST_ANSWER
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import MOST_NUMBERS, Sensitive
from tryggve.domains.customers.engine.sensitive import joined as joined_sensitive
from tryggve.domains.customers.engine.values.phones import Country

# Of these a card has one each; the others are lists, of which the joined card has all.
SINGLE = ("kind", "status", "name", "job_title", "organisation", "source")
LONGEST_NOTE = 100_000
_LISTS = ("emails", "phones", "addresses", "tags", "uids", "number_tags")
T = TypeVar("T")


# A text of one line is what such a field takes.
_BETWEEN_ANSWERS = "; "


class TooMuchForOneCard(ValueError):
    """The joined card would hold more than one is to hold."""


class AnswersOfBoth(ValueError):
    """Both cards answer a field that has one answer, and not alike."""


def differing(kept: Details, gone: Details) -> list[str]:
    """The single values, and the ids of own fields, of which both cards have one and not the same."""
    answers, others = dict(kept.custom), dict(gone.custom)
    singles = [name for name in SINGLE if _differ(getattr(kept, name), getattr(gone, name))]
    return singles + [own for own in answers if _differ(answers[own], others.get(own, ""))]


def joined(kept: Details, gone: Details, country: Country, *, from_gone: Collection[str] = ()) -> Details:
    """Everything of both; where they differ what the kept one says, or the other for the names in ``from_gone``.

    Raises TooMuchForOneCard.
    """
    chosen = [name for name in differing(kept, gone) if name in from_gone]
    answers = {own: answer for own, answer in gone.custom if own in chosen}
    singles = {name: getattr(gone, name) for name in chosen if name in SINGLE}
    both = merge(kept, gone, country).details
    custom = tuple((own, answers.get(own, answer)) for own, answer in both.custom)
    after = replace(both, custom=custom, **singles)
    if has_too_much(after) or len(after.note) > LONGEST_NOTE:
        raise TooMuchForOneCard
    return after


def parted(before: Details, after: Details, now: Details) -> Details:
    """The kept card without what a merge brought: ``before`` if nobody changed it since, else with those changes.

    ``after`` is what the merge made of ``before``.
    """
    if now == after:
        return before
    parts: dict[str, Any] = {name: _single(name, before, after, now) for name in SINGLE}
    for name in _LISTS:
        parts[name] = _without(getattr(before, name), getattr(after, name), getattr(now, name))
    parts["note"] = _note(before.note, after.note, now.note)
    parts["custom"] = _answers(dict(before.custom), dict(after.custom), dict(now.custom))
    return Details(**parts)


def joined_in_secret(kept: Sensitive, gone: Sensitive, *, texts: Container[str]) -> Sensitive:
    """The sensitive half of the joined card; nobody sees the two to choose, so of two texts it has both.

    ``texts`` are the fields that any text answers. Raises AnswersOfBoth for another, and TooMuchForOneCard.
    """
    both, others = joined_sensitive(kept, gone), dict(gone.custom)
    custom = tuple(
        (own, _of_both(answer, others.get(own, ""), is_text=own in texts)) for own, answer in both.custom
    )
    after = replace(both, custom=custom)
    if len(after.numbers) > MOST_NUMBERS or any(len(answer) > LONGEST_ANSWER for _own, answer in custom):
        raise TooMuchForOneCard
    return after


def parted_in_secret(before: Sensitive, after: Sensitive, now: Sensitive) -> Sensitive:
    """The same as ``parted``, for the sensitive half."""
    if now == after:
        return before
    return Sensitive(
        numbers=_without(before.numbers, after.numbers, now.numbers),
        custom=_answers(dict(before.custom), dict(after.custom), dict(now.custom)),
    )


def _of_both(answer: str, other: str, *, is_text: bool) -> str:
    if not _differ(answer, other):
        return answer
    if not is_text:
        raise AnswersOfBoth
    parts = [*answer.split(_BETWEEN_ANSWERS), *other.split(_BETWEEN_ANSWERS)]
    return _BETWEEN_ANSWERS.join(dict.fromkeys(parts))


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _single(name: str, before: Details, after: Details, now: Details) -> Any:
    was_changed = getattr(now, name) != getattr(after, name)
    return getattr(now if was_changed else before, name)


def _without(before: Sequence[T], after: Sequence[T], now: Sequence[T]) -> tuple[T, ...]:
    """What is there now but for what the merge added; it adds at the end, and may fill in what stood before."""
    own = dict(zip(after, before, strict=False))
    added = set(after[len(before) :]) - own.keys()
    return tuple(dict.fromkeys(own.get(value, value) for value in now if value not in added))


def _note(before: str, after: str, now: str) -> str:
    if now == after:
        return before
    # The merge put them at the end, also those that stood there before.
    added = Counter(_paragraphs(after)) - Counter(_paragraphs(before))
    kept = []
    for part in reversed(now.split("\n\n")):
        if added[part.strip()] > 0:
            added[part.strip()] -= 1
        else:
            kept.append(part)
    return "\n\n".join(reversed(kept))


def _paragraphs(note: str) -> list[str]:
    return [bare for part in note.split("\n\n") if (bare := part.strip())]


def _answers(
    before: dict[str, str], after: dict[str, str], now: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    if now == after:
        return tuple(before.items())
    kept = {own: before.get(own, "") if answer == after.get(own) else answer for own, answer in now.items()}
    return tuple((own, answer) for own, answer in kept.items() if answer)
