"""The rules, as a table: asked from the top, the first that holds gives the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.accounts.clock import MOST_AHEAD
from tryggve.accounts.policy.question import Kind, Question, Session

WHOLE_SESSION_SECONDS = 12 * 60 * 60.0
IDLE_SECONDS = 2 * 60 * 60.0
FRESH_FACTOR_SECONDS = 10 * 60.0
FRESH_FACTOR_AT_NIGHT_SECONDS = 2 * 60.0
NIGHT_HOURS = frozenset({23, 0, 1, 2, 3, 4})
MOST_AHEAD_SECONDS = MOST_AHEAD.total_seconds()


class Answer(Enum):
    """What the policy says to a wish."""

    ALLOW = "allow"
    SIGN_IN = "sign-in"  # and come again
    SET_UP = "set-up"  # a second factor first
    ASK_AGAIN = "ask-again"  # use the second factor once more
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Rule:
    """When ``holds`` is true of a question, ``answer`` is given, and ``sentence`` says why."""

    code: str
    holds: Callable[[Question], bool]
    answer: Answer
    sentence: StrOrPromise


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer, the rule that gave it, and why in a sentence."""

    answer: Answer
    rule: str
    sentence: StrOrPromise


class Refused(PermissionDenied):
    """The policy said something else than yes, in the midst of work."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.rule)
        self.decision = decision


def is_within(age: float, most_seconds: float) -> bool:
    """Whether something is known to be no older: of what the clock has yet to come to, nobody knows how old it is."""
    return -MOST_AHEAD_SECONDS <= age <= most_seconds


def lasts_still(*, age: float, idle: float) -> bool:
    """Whether a session goes on that was begun, and used last, so many seconds ago."""
    return is_within(age, WHOLE_SESSION_SECONDS) and is_within(idle, IDLE_SECONDS)


def _in_browser(question: Question) -> bool:
    return question.asker.kind is Kind.PERSON


def _session(question: Question, holds: Callable[[Session], bool]) -> bool:
    return _in_browser(question) and question.session is not None and holds(question.session)


def _wants_step_up(question: Question) -> bool:
    return _in_browser(question) and question.permission is not None and question.permission.step_up


def _factor_older_than(question: Question, seconds: float) -> bool:
    return _session(question, lambda s: s.factor_age is None or not is_within(s.factor_age, seconds))


def _is_night(question: Question) -> bool:
    return timezone.localtime(question.at).hour in NIGHT_HOURS


def _level_is_too_low(question: Question) -> bool:
    return question.permission is not None and question.asker.level < question.permission.level


def _may_come_before_second_factor(question: Question) -> bool:
    return question.permission is not None and question.permission.before_second_factor


RULES = (
    Rule("open-to-all", lambda q: q.is_public, Answer.ALLOW, _("This page is open to everybody.")),
    Rule(
        "not-declared",
        lambda q: q.permission is None,
        Answer.REFUSE,
        _("Nobody has said who may do this, so nobody may."),
    ),
    Rule(
        "not-signed-in",
        lambda q: q.asker.kind is Kind.NOBODY,
        Answer.SIGN_IN,
        _("Sign in first."),
    ),
    Rule(
        "account-closed",
        lambda q: not q.asker.is_active,
        Answer.SIGN_IN,
        _("This account is closed."),
    ),
    Rule(
        "session-not-known",
        lambda q: _in_browser(q) and (q.session is None or not q.session.is_recorded),
        Answer.SIGN_IN,
        _("This session has been ended. Sign in again."),
    ),
    Rule(
        "session-too-old",
        lambda q: _session(q, lambda s: not lasts_still(age=s.age, idle=s.idle)),
        Answer.SIGN_IN,
        _("It is a while since you signed in. Sign in again."),
    ),
    Rule(
        "other-device",
        lambda q: _session(q, lambda s: not s.is_own_device),
        Answer.SIGN_IN,
        _("This session belongs to another device, so it was ended. Sign in again."),
    ),
    Rule(
        "no-second-factor",
        lambda q: _session(q, lambda s: s.factor_age is None) and not _may_come_before_second_factor(q),
        Answer.SET_UP,
        _("First set up a second way to show that it is you."),
    ),
    Rule(
        "not-your-area",
        _level_is_too_low,
        Answer.REFUSE,
        _("Your role doesn't open this. If you need it for your work, ask the owner of the company."),
    ),
    Rule(
        "new-country",
        lambda q: (
            _wants_step_up(q) and _session(q, lambda s: s.country is not None and not s.is_known_country)
        ),
        Answer.ASK_AGAIN,
        _("You are in a country that Tryggve hasn't seen you in. Show once more that it is you."),
    ),
    Rule(
        "hosting-network",
        lambda q: _wants_step_up(q) and _session(q, lambda s: bool(s.is_hosting) and not s.is_confirmed_here),
        Answer.ASK_AGAIN,
        _("You come through a hosting company's network, as strangers do. Show once more that it is you."),
    ),
    Rule(
        "new-network",
        lambda q: _wants_step_up(q) and _session(q, lambda s: not s.is_known_network),
        Answer.ASK_AGAIN,
        _("You are at a network that Tryggve hasn't seen you at. Show once more that it is you."),
    ),
    Rule(
        "at-night",
        lambda q: _wants_step_up(q) and _is_night(q) and _factor_older_than(q, FRESH_FACTOR_AT_NIGHT_SECONDS),
        Answer.ASK_AGAIN,
        _("It is night. Before this is done, show once more that it is you."),
    ),
    Rule(
        "factor-too-old",
        lambda q: _wants_step_up(q) and _factor_older_than(q, FRESH_FACTOR_SECONDS),
        Answer.ASK_AGAIN,
        _("Before this is done, show once more that it is you."),
    ),
    Rule("role-allows", lambda q: q.permission is not None, Answer.ALLOW, _("Your role opens this.")),
)

# Asked where the object is fetched, after a rule has said yes to the wish itself.
NOT_WITHIN_REACH = Decision(
    Answer.REFUSE,
    "not-within-reach",
    _("This customer is another person's. If you need it for your work, ask the owner of the company."),
)
_OTHERWISE = Decision(Answer.REFUSE, "no-rule", _("No rule allows this."))


def decide(question: Question) -> Decision:
    """The answer of the first rule that holds; without one, no."""
    for rule in RULES:
        if rule.holds(question):
            return Decision(rule.answer, rule.code, rule.sentence)
    return _OTHERWISE
