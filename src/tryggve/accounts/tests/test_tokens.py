from datetime import timedelta

import pytest

from tests.cast import NOW
from tryggve.accounts import tokens
from tryggve.accounts.models import ApiToken, User
from tryggve.audit import selectors as audit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SCOPES = ["customers.api"]


def _make(user: User, *, lasts: timedelta = 90 * DAY) -> str:
    return tokens.make(user=user, name="Bokföring", scopes=SCOPES, lasts=lasts, actor=user.actor, at=NOW)


def test_token_is_known_again_and_kept_as_a_hash(anna: User) -> None:
    secret = _make(anna)
    found = tokens.shown(f"Bearer {secret}", at=NOW)
    assert found is not None
    assert (found.user, found.scopes) == (anna, SCOPES)
    assert secret not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic {}", "Bearer {}x", "Bearer x{}", "{}"])
def test_anything_else_is_no_token(anna: User, header: str) -> None:
    assert tokens.shown(header.format(_make(anna)), at=NOW) is None


def test_scheme_is_read_in_any_case(anna: User) -> None:
    """RFC 9110 §11.1."""
    assert tokens.shown(f"bearer {_make(anna)}", at=NOW) is not None


def test_token_ends_on_its_day_and_after_a_year_at_the_latest(anna: User) -> None:
    short, long = _make(anna, lasts=DAY), _make(anna, lasts=4000 * DAY)
    last = timedelta(microseconds=1)
    assert tokens.shown(f"Bearer {short}", at=NOW + DAY - last) is not None
    assert tokens.shown(f"Bearer {short}", at=NOW + DAY) is None
    assert tokens.shown(f"Bearer {long}", at=NOW + tokens.LONGEST_LIFE - last) is not None
    assert tokens.shown(f"Bearer {long}", at=NOW + tokens.LONGEST_LIFE) is None


def test_token_that_was_ended_opens_nothing(anna: User) -> None:
    secret = _make(anna)
    [row] = tokens.of(anna)
    assert tokens.end(token=row.pk, user=anna, actor=anna.actor, at=NOW)
    assert (tokens.shown(f"Bearer {secret}", at=NOW), tokens.of(anna)) == (None, [])
    assert not tokens.end(token=row.pk, user=anna, actor=anna.actor, at=NOW)


def test_bo_ends_no_token_of_annas(anna: User, bo: User) -> None:
    secret = _make(anna)
    [row] = tokens.of(anna)
    assert not tokens.end(token=row.pk, user=bo, actor=bo.actor, at=NOW)
    assert tokens.shown(f"Bearer {secret}", at=NOW) is not None


def test_who_leaves_leaves_no_token(anna: User) -> None:
    secrets = [_make(anna), _make(anna)]
    assert tokens.end_all(user=anna, actor="system", at=NOW) == 2
    assert [tokens.shown(f"Bearer {one}", at=NOW) for one in secrets] == [None, None]


def test_last_use_is_kept_with_a_minutes_accuracy(anna: User) -> None:
    header = f"Bearer {_make(anna)}"
    seen = []
    for seconds in (0, 59, 60):
        tokens.shown(header, at=NOW + timedelta(seconds=seconds))
        seen.append(ApiToken.objects.get().last_used_at)
    assert seen == [NOW, NOW, NOW + timedelta(seconds=60)]


def test_making_and_ending_are_in_the_log_without_the_token(anna: User) -> None:
    secret = _make(anna)
    [row] = tokens.of(anna)
    tokens.end(token=row.pk, user=anna, actor=anna.actor, at=NOW)
    ended, made = audit.newest_entries(limit=2)
    assert (made.action, made.facts) == ("accounts.token-made", {"token": str(row.pk), "scopes": SCOPES})
    assert (ended.action, ended.facts) == ("accounts.token-ended", {"token": str(row.pk)})
    assert secret not in str(made.facts)
