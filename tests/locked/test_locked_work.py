import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.cast import CILLA, NOW
from tryggve.audit import selectors as audit
from tryggve.audit import services as log
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.services import imports
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, add, in_force, people
from tryggve.domains.setup import actions
from tryggve.routines import jobs, registry, services
from tryggve.routines.models import Schedule
from tryggve.routines.tests.conftest import Clock, clock
from tryggve.vault import custody
from tryggve.vault.tests.cheap import PASSPHRASE

__all__ = ["clock"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keeper")]


def _confirmed() -> Import:
    content = people(range(40))
    batch = imports.preview_file(name="a.csv", content=content, source="", actor=MACHINE, at=NOW)
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    return Import.objects.get(pk=batch)


def _work(clock: Clock) -> bool:
    DBTaskResult.objects.filter(status="READY").update(run_after=clock.now)
    return jobs.run_next(owner="karin", now=clock)


def test_confirmed_import_waits_while_locked(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    batch = _confirmed()
    custody.lock()
    for _try in range(3):
        assert _work(clock)
    batch.refresh_from_db()
    assert (batch.state, DBTaskResult.objects.get().status, caplog.text) == (Import.State.QUEUED, "READY", "")
    assert audit.newest_entries(limit=1)[0].action == "customers.import-confirmed"

    custody.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    assert _work(clock)
    batch.refresh_from_db()
    assert (batch.state, len(in_force())) == (Import.State.DONE, 40)


def test_import_that_was_cut_by_the_lock_begins_anew_once_it_is_open(clock: Clock) -> None:
    batch = _confirmed()
    with power.at_point("import: new rows staged", custody.lock):
        assert _work(clock)
    batch.refresh_from_db()
    assert (batch.state, DBTaskResult.objects.get().status) == (Import.State.STOPPED, "READY")

    custody.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    assert in_force() == {}
    assert _work(clock)
    batch.refresh_from_db()
    assert (batch.state, len(in_force())) == (Import.State.DONE, 40)


def test_routines_of_the_product_leave_no_error_while_locked(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    clock.now = timezone.now()
    add(CILLA)
    services.plan(now=clock.now)
    custody.lock()
    run = services.run_due(now=clock, owner="karin")
    assert sorted(run) == sorted(registry.routines())
    assert (caplog.text, set(Schedule.objects.values_list("failures_in_a_row", flat=True))) == ("", {0})


def test_audit_log_goes_on_while_locked() -> None:
    custody.lock()
    log.record(actions.STARTED, actor="system", at=NOW, version="v1")
    assert audit.newest_entries(limit=1)[0].action == "setup.started"
