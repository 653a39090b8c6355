"""What somebody asks for, or what an erasure needs: taken soon, in the process that takes backups."""

from datetime import datetime

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.services.pairs import turns


@transaction.atomic
def ask(actor: str, at: datetime) -> Run:
    """Have a pair taken as soon as it can be; the run that stands for it. Raises NowhereToGo."""
    run = turns.ask(why=Run.Why.ASKED, at=at)
    audit.record(actions.PAIR_ASKED, actor=actor, at=at, run=str(run.pk))
    return run


def ask_for_keys(at: datetime) -> None:
    """Have the keys alone taken to each key place, so that one that was destroyed goes from there."""
    if Place.objects.filter(removed_at=None, holds_keys=True).exists():
        turns.ask(why=Run.Why.ERASURE, at=at)
