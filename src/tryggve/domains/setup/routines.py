from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.setup import mail_jobs
from tryggve.notices import delivery, services
from tryggve.routines import jobs
from tryggve.routines.registry import routine


@routine("setup.forget-jobs", title=_("Forget jobs that ended two weeks ago"), every=timedelta(days=1))
def forget_jobs(now: datetime) -> None:
    jobs.remove_finished(now=now)


@services.courier
def deliver_soon(message: UUID) -> None:
    jobs.enqueue(mail_jobs.deliver_message, message)


@routine("setup.send-mail", title=_("Send what waits in the outbox"), every=timedelta(minutes=1))
def send_mail(now: datetime) -> None:
    delivery.deliver_due(at=now)


@routine("setup.forget-messages", title=_("Forget messages of 90 days ago"), every=timedelta(days=1))
def forget_messages(now: datetime) -> None:
    services.forget_old(before=now - services.KEEP_FOR)
