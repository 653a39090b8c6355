"""The one place that says yes: every page, verb and job asks here before anything is read or done.

>>> decision = decide(question)
>>> decision.answer is Answer.ALLOW, decision.rule, str(decision.sentence)

``rules.RULES`` is the whole of it, in the order in which the rules are asked; what no rule allows is refused.
"""

from tryggve.accounts.policy.question import Asker, Kind, Question, Session
from tryggve.accounts.policy.reach import EVERYBODY, Reach, reach_of
from tryggve.accounts.policy.rules import RULES, Answer, Decision, Refused, decide

__all__ = [
    "EVERYBODY",
    "RULES",
    "Answer",
    "Asker",
    "Decision",
    "Kind",
    "Question",
    "Reach",
    "Refused",
    "Session",
    "decide",
    "reach_of",
]
