"""Whether what is written down about consents could be shown to somebody who asks for it: counted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from tryggve.domains.rights.engine.needed import STAFF
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.purposes import Kept

_YES = (ConsentEvent.Kind.GIVEN, ConsentEvent.Kind.RENEWED)


@dataclass(frozen=True, slots=True)
class Yeses:
    """``unshown``: of which the words, the time or the way isn't known (GDPR art. 7(1))."""

    count: int
    unshown: int


def yeses(*, at: datetime) -> Yeses:
    """Every yes that was written down, also one that was taken back since. Two questions."""
    rows = ConsentEvent.objects.filter(kind__in=_YES)
    no_words = Q(text=None) | Q(text__text="") | ~Q(text__purpose=F("purpose"))
    no_way = ~Q(channel__in=ConsentEvent.Channel.values)
    no_time = Q(happened_at__gt=F("recorded_at")) | Q(happened_at__gt=at)
    return Yeses(rows.count(), rows.filter(no_words | no_way | no_time).count())


def purposes_about_customers() -> list[Kept]:
    """Those in use for which customers may be written to, in their order. One question."""
    return [one for one in purposes.purposes_in_use() if not set(one.facts.persons) <= STAFF]
