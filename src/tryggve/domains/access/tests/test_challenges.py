"""Each made-up visitor finds out when the rule that stops them is gone."""

from functools import partial

import pytest
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.accounts.policy import rules
from tryggve.domains.access.trials import rounds
from tryggve.domains.access.trials.challenges import CHALLENGES
from tryggve.domains.access.trials.doors import doors
from tryggve.domains.access.trials.knocking import Answer, Met, Stack

pytestmark = pytest.mark.django_db

OF_DATA, IMPORTANT, FOR_PROGRAMS = "customers:list", "customers:export", "access:api-log"


def _met(visitor: str, door: str) -> tuple[Met, Answer | None]:
    challenge, at = CHALLENGES[visitor], timezone.now()
    asked = next(one for one in doors() if one.name == door)
    [met] = rounds.tried([asked], stack=Stack(), plant=partial(challenge.plant, at))
    return met, challenge.answer(asked)


@pytest.mark.parametrize(
    ("visitor", "rule", "door"),
    [
        ("stranger", "not-signed-in", OF_DATA),
        ("password-alone", "no-second-factor", OF_DATA),
        ("other-device", "other-device", OF_DATA),
        ("session-too-old", "session-too-old", OF_DATA),
        ("session-ahead", "session-too-old", OF_DATA),
        ("session-left-alone", "session-too-old", OF_DATA),
        ("session-ended", "session-not-known", OF_DATA),
        ("new-network", "new-network", IMPORTANT),
        ("factor-too-old", "factor-too-old", IMPORTANT),
        ("factor-ahead", "factor-too-old", IMPORTANT),
        ("other-role", "not-your-area", OF_DATA),
        ("token-too-old", "not-signed-in", FOR_PROGRAMS),
    ],
)
def test_a_rule_that_is_gone_is_missed(
    anna: User, monkeypatch: pytest.MonkeyPatch, visitor: str, rule: str, door: str
) -> None:
    met, wanted = _met(visitor, door)
    assert (met.answer, met.is_written) == (wanted, CHALLENGES[visitor].is_written)

    left = tuple(one for one in rules.RULES if one.code not in (rule, "at-night"))
    monkeypatch.setattr(rules, "RULES", left)
    met, wanted = _met(visitor, door)
    assert met.answer is not wanted


def test_whose_account_was_closed_is_nobody(anna: User) -> None:
    met, wanted = _met("account-closed", OF_DATA)
    assert (met.answer, wanted) == (Answer.SIGN_IN, Answer.SIGN_IN)


def test_every_visitor_has_doors_where_it_matters_how_they_come() -> None:
    every = doors()
    idle = [name for name, one in CHALLENGES.items() if not any(map(one.answer, every))]
    assert idle == []
