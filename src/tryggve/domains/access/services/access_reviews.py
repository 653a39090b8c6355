"""Going through who has access, each quarter."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.controls import services as controls
from tryggve.domains.access import actions
from tryggve.domains.access.models import AccessReview
from tryggve.domains.access.selectors import access_reviews as selectors
from tryggve.lib.errors import Refusal
from tryggve.routines.duties.services import doing

_CONTROL = "ACC-02"
_DUTY = "review-access"


class NotAsSeen(Refusal):
    """Somebody's access was changed, or somebody came, while the page was open."""

    sentence: ClassVar = _(
        "Somebody's access was changed meanwhile. Nothing was saved. Look at the list once more."
    )


@transaction.atomic
def sign_off(*, seen: Collection[str], by: User, at: datetime) -> None:
    """Keep that each who works here was gone through and has what they need.

    ``seen`` are the stamps of those whom somebody looked at. One entry for each person and one for the whole; the
    control is measured again. Raises NotAsSeen, and then nothing is kept.
    """
    people = selectors.people_with_access(at=at)
    if {selectors.stamp_of(user) for user in people} != set(seen):
        raise NotAsSeen
    before = selectors.last_review(at=at)
    since = before.done_at if before else None
    made = AccessReview(
        by_ref=by.pk,
        done_at=at,
        people=len(people),
        changed=len(selectors.changed_since(since, at=at)),
        closed=len(selectors.closed_since(since, at=at)),
    )
    made.save(force_insert=True)
    for user in people:
        audit.record(actions.ACCESS_CONFIRMED, actor=by.actor, at=at, subject=user.pk, review=str(made.pk))
    audit.record(
        actions.ACCESS_REVIEWED,
        actor=by.actor,
        at=at,
        review=str(made.pk),
        people=made.people,
        changed=made.changed,
        closed=made.closed,
    )
    doing.note_done(duty=_DUTY, actor=by.actor, at=at)
    controls.measure_again(control=_CONTROL, actor=by.actor, at=at)
