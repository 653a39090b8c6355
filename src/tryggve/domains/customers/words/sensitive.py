"""Opened sensitive details as people read them."""

from collections.abc import Iterable

from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.engine.custom_fields import Field, answered
from tryggve.domains.customers.engine.identity_numbers import written
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.words import custom_fields as custom_words
from tryggve.domains.customers.words import identity_numbers as number_words


def numbers_of(sensitive: Sensitive) -> list[tuple[StrOrPromise, str]]:
    """Each number after what it is called."""
    return [(number_words.KINDS[number.kind], written(number)) for number in sensitive.numbers]


def answers_of(sensitive: Sensitive, fields: Iterable[Field]) -> list[tuple[str, str]]:
    """Each answer after the name of its field, also of one that is asked for no more."""
    return [
        (field.name, custom_words.shown_answer(field, text))
        for field, text in answered(fields, sensitive.custom)
    ]
