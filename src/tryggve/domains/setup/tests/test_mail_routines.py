"""Who carries the outbox: a job for each new message, a routine for what stayed, and an end for old rows."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.domains.setup import notices, routines
from tryggve.notices import recipients, services
from tryggve.notices.models import OutboxMessage, Security
from tryggve.notices.tests.post_office import PostOffice
from tryggve.routines import jobs

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.open()
    yield office
    office.close()


def _lead_to(office: PostOffice) -> None:
    services.set_mail_server(
        host="localhost", port=office.port, security=Security.NONE, username="", password=None,
        sender_address="tryggve@example.se", sender_name="", at=NOW,
    )  # fmt: skip


def _message(to: User) -> UUID:
    return services.send(notices.TEST_MAIL, to=recipients.staff(to), at=NOW, firm="Annas Snickeri")


def test_new_message_is_sent_by_a_job_that_holds_its_id_alone(anna: User, office: PostOffice) -> None:
    _lead_to(office)
    message = _message(anna)
    (job,) = DBTaskResult.objects.all()
    assert job.args_kwargs == {"args": [str(message)], "kwargs": {}}

    assert jobs.run_next(owner="worker", now=timezone.now)

    assert [mail["To"] for mail in office.desk.taken] == [anna.email]
    assert OutboxMessage.objects.get().state == State.SENT


def test_job_without_settings_ends_well_and_the_routine_sends_later(anna: User, office: PostOffice) -> None:
    _message(anna)
    assert jobs.run_next(owner="worker", now=timezone.now)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    routines.send_mail(NOW)
    assert OutboxMessage.objects.get().state == State.WAITING

    _lead_to(office)
    routines.send_mail(NOW)
    assert OutboxMessage.objects.get().state == State.SENT


def test_messages_are_forgotten_after_90_days(anna: User) -> None:
    _message(anna)
    routines.forget_messages(NOW + timedelta(days=90))
    assert OutboxMessage.objects.count() == 1
    routines.forget_messages(NOW + timedelta(days=90, seconds=1))
    assert OutboxMessage.objects.count() == 0
