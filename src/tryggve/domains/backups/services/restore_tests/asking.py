"""What somebody asks for: made soon, in the process that makes restore tests."""

from datetime import datetime

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import RestoreTest


@transaction.atomic
def ask(actor: str, at: datetime) -> RestoreTest:
    """Have the newest backup restored soon, to test it; the test that stands for it. One that waits is the same."""
    waiting = RestoreTest.objects.filter(state=RestoreTest.State.WAITING).first()
    if waiting is not None:
        return waiting
    test = RestoreTest.objects.create(state=RestoreTest.State.WAITING, is_asked=True, began_at=at)
    audit.record(actions.RESTORE_TEST_ASKED, actor=actor, at=at, test=str(test.pk))
    return test
