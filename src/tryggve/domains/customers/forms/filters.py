import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.engine.search.chosen import NOBODY, NONE, Chosen
from tryggve.domains.customers.engine.search.filters import Filter, Order, tag_key
from tryggve.domains.customers.words import parts as part_words

# More don't fit on a page; the search box finds every tag.
_MOST_TAGS = 40
_ANY = ("", _("any"))
_ANYBODY = ("", _("anybody"))
_PERIODS = [
    ("", _("at any time")),
    ("7", _("in the last 7 days")),
    ("30", _("in the last 30 days")),
    ("90", _("in the last 90 days")),
    ("365", _("in the last year")),
]
_LACKING = [
    ("", _("nothing in particular")),
    ("email", _("an e-mail address")),
    ("phone", _("a telephone number")),
    ("address", _("an address")),
    ("tags", _("tags")),
    ("source", _("where the details come from")),
]
_ORDERS = [
    ("name", _("by name")),
    ("newest", _("newest first")),
    ("changed", _("last changed first")),
]
_STATUSES: Mapping[str, StrOrPromise] = {code or NONE: words for code, words in part_words.STATUSES.items()}


class _Person(forms.ChoiceField):
    """Whoever is chosen: who looks after nobody leads to nobody, so that no list of people need be asked for."""

    def valid_value(self, value: object) -> bool:
        with contextlib.suppress(ValueError):
            return value == NOBODY or str(UUID(str(value))) == value
        return False


class Filters(forms.Form):
    """Whom to show and in what order. Ids, codes and numbers only, so that it may stand in an address."""

    status = forms.ChoiceField(label=_("Status"), choices=[_ANY, *_STATUSES.items()], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[_ANY, *part_words.KINDS.items()], required=False)
    responsible = _Person(label=_("Looked after by"), required=False)
    added = forms.ChoiceField(label=_("In the register since"), choices=_PERIODS, required=False)
    changed = forms.ChoiceField(label=_("Changed"), choices=_PERIODS, required=False)
    lacking = forms.ChoiceField(label=_("Lacks"), choices=_LACKING, required=False)
    tag = forms.MultipleChoiceField(
        label=_("Has all these tags"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sort = forms.ChoiceField(label=_("Order"), choices=_ORDERS, required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        tags: Sequence[tuple[str, int]],
        code_of: Callable[[str], str],
        people: Sequence[tuple[str, str]] = (),
    ) -> None:
        """``tags`` are those in use, the most used first, and ``code_of`` hides a tag's key; ``people`` are offered."""
        super().__init__(data)
        self._tag_of = {code_of(tag_key(tag)): tag for tag, _count in tags}
        self.gone = [code for code in data.getlist("tag") if code not in self._tag_of]
        self._offer("responsible", [_ANYBODY, *people, (NOBODY, _("nobody in particular"))])
        self._offer("tag", self._tags_offered(data.getlist("tag")))

    def leave_out_people(self) -> None:
        """For who sees his own customers alone."""
        del self.fields["responsible"]

    def chosen(self) -> Chosen:
        """What was chosen; what can't be is left out."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        tags = tuple(self._tag_of[code] for code in given.pop("tag", ()) if code in self._tag_of)
        return Chosen(**given, tags=tags)

    def wanted(self, at: datetime) -> tuple[Filter, Order]:
        """Whom that fits at that time, and the order. Nobody has a tag that nobody has any more."""
        chosen = self.chosen()
        return replace(chosen.filter(at), is_for_nobody=bool(self.gone)), chosen.sort

    def told(self, name_of: Callable[[UUID], str]) -> Iterator[tuple[StrOrPromise, StrOrPromise]]:
        """What was chosen in words: the question and each answer."""
        for name, field in self.fields.items():
            given = self.cleaned_data.get(name)
            words = dict(field.choices)  # type: ignore[attr-defined]  # all of them are choice fields
            for one in given if isinstance(given, list) else [given]:
                if one and name != "sort":
                    yield field.label or "", words[one] if one in words else name_of(UUID(one))

    def _tags_offered(self, given: Sequence[str]) -> list[tuple[str, StrOrPromise]]:
        offered = dict([*self._tag_of.items()][:_MOST_TAGS])
        offered |= {code: self._tag_of[code] for code in given if code in self._tag_of}
        in_order = sorted(offered.items(), key=lambda one: tag_key(one[1]))
        return [*in_order, *((code, _("a tag that nobody has any more")) for code in self.gone)]

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # the same


def query_of(chosen: Chosen, *, code_of: Callable[[str], str]) -> QueryDict:
    """The part of an address by which the form says the same again."""
    query = QueryDict(mutable=True)
    for name, value in chosen.to_json().items():
        if name != "tags":
            query[name] = value
    query.setlist("tag", [code_of(tag_key(tag)) for tag in chosen.tags])
    return query
