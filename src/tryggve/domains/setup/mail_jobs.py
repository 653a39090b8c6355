from uuid import UUID

from django.utils import timezone
from django_tasks import task

from tryggve.notices import delivery


@task()
def deliver_message(message: str) -> None:
    """What the worker runs for each new message; what isn't sent then, the routine tries again."""
    delivery.deliver(UUID(message), at=timezone.now())  # noqa: TID251 - the worker's clock
