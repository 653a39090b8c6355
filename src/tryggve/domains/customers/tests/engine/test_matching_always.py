"""What holds of matching whatever the rows say."""

import random
from collections.abc import Sequence
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.tests.engine.outcomes import Outcome, match_all
from tryggve.domains.customers.tests.engine.strategies import details


def _matched(rows: Sequence[Details], known: Sequence[tuple[UUID, Details]] = ()) -> Outcome:
    outcome = Outcome(known=dict(known), drafts=[Draft(line, row) for line, row in enumerate(rows, start=1)])
    match_all(outcome)
    return outcome


def _somebody(row: Details) -> bool:
    """Whether a row reader would give it: someone is named, and an organisation has its name as its name."""
    return bool(row.name or ((row.emails or row.phones) and not row.organisation))


@settings(max_examples=300)
@given(st.lists(details().filter(_somebody), max_size=25), st.randoms(use_true_random=False))
def test_same_rows_again_change_nothing_in_any_order(rows: list[Details], order: random.Random) -> None:
    first = _matched(rows)
    known = list(first.known.items())
    order.shuffle(known)
    order.shuffle(rows)
    again = _matched(rows, known)
    assert (again.created, again.updated, again.known) == ([], [], first.known)
    assert len(first.created + first.updated + first.unchanged) == len(rows)


@settings(max_examples=100)
@given(st.lists(details().filter(_somebody), max_size=25))
def test_nothing_is_lost(rows: list[Details]) -> None:
    known = _matched(rows).known.values()
    for row in rows:
        for email in row.emails:
            assert any(email.lower() in map(str.lower, one.emails) for one in known)
        for paragraph in filter(None, row.note.split("\n\n")):
            assert any(paragraph in one.note.split("\n\n") for one in known)
