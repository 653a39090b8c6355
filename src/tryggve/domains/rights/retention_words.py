"""What is said about whom the company keeps and how long."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.domains.rights.engine.calendars.keeping_rules import Rule, rule_called
from tryggve.domains.rights.engine.calendars.keeping_words import words_of
from tryggve.domains.rights.engine.needed import CONSENT_ENDED
from tryggve.domains.rights.engine.purposes import Language
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.domains.rights.selectors.retention.due import Row
from tryggve.domains.rights.selectors.retention.left_out import Left

# What the last contact was.
DEEDS: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "added": gettext_lazy("the customer was added, or came with a list"),
        "changed": gettext_lazy("the card was changed, by a person or by a list"),
        "note": gettext_lazy("a note was written"),
        "document": gettext_lazy("a document was added"),
        "consent": gettext_lazy("the customer said yes or no to something"),
        "asked": gettext_lazy(
            "the customer asked for something by right, told you what they think, or opened their own page"
        ),
    }
)
LEFT_OUT: Mapping[Left, StrOrPromise] = MappingProxyType(
    {
        Left.HELD: gettext_lazy("held by law or because of a dispute"),
        Left.RESTRICTED: gettext_lazy("the customer asked that the data is used for nothing"),
        Left.OPEN_CASE: gettext_lazy("the customer waits for an answer to a request"),
        Left.KEPT: gettext_lazy("somebody decided to keep the customer longer"),
        Left.NEEDED: gettext_lazy("needed again: something has happened, or a purpose was changed"),
        Left.GONE: gettext_lazy("not in the register any more"),
        Left.NOT_OURS: gettext_lazy("another person's customer"),
    }
)


@dataclass(frozen=True, slots=True)
class RuleLines:
    """A purpose with its rule, and where that comes from. ``unsure``: what of it nobody could check."""

    purpose: str
    title: str
    counted_from: str
    why: str
    source: str
    checked: date
    unsure: str


def rules_of(kept: Iterable[Kept], language: Language) -> Iterator[RuleLines]:
    """Each purpose's rule."""
    for one in kept:
        told = rule_lines(rule_called(one.facts.retention), language)
        yield RuleLines(one.told_in(language).words.name, *told)


def rule_lines(rule: Rule, language: Language) -> tuple[str, str, str, str, date, str]:
    """Title, what it is counted from, why, the source, when that was checked, and what is unsure."""
    words = words_of(rule, language=language)
    return words.title, words.counted_from, words.why, source_of(rule), rule.checked, rule.unsure


def source_of(rule: Rule) -> str:
    """The act and its section, without what they say, which the words tell in the reader's language."""
    return re.split("[:;] ", rule.source)[0]


def why(row: Row, names: Mapping[UUID, Kept], language: Language) -> str:
    """«Jobs that we do for you»: 3 years after the end of the assignment, counted from the last contact, 4 March."""
    kept = names.get(row.purpose)
    told = {
        "purpose": kept.told_in(language).words.name if kept else "",
        "day": date_format(row.counted_from, "DATE_FORMAT"),
    }
    if row.rule == CONSENT_ENDED:
        return (
            _(
                "«%(purpose)s»: the customer's yes ended on %(day)s, and nothing else is known that needs them."
            )
            % told
        )
    told["rule"] = words_of(rule_called(row.rule), language=language).title
    if row.is_from_end:
        return _("«%(purpose)s»: %(rule)s. It ended on %(day)s.") % told
    return _("«%(purpose)s»: %(rule)s. Last contact on %(day)s.") % told
