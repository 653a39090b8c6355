"""Whom alarms go to."""

from datetime import datetime

from django.db.models import Q

from tryggve.accounts.models import User
from tryggve.accounts.roles import Role


def people_alerted(*, at: datetime) -> list[User]:
    """The security captains and who stands in for them now; the owners where there is none. One query."""
    stands_in = Q(deputy_from__lte=at, deputy_until__gt=at)
    wanted = Q(role__in=(Role.CAPTAIN, Role.OWNER)) | stands_in
    here = list(User.objects.filter(wanted, is_active=True).order_by("pk"))
    captains = [user for user in here if user.role != Role.OWNER]
    return captains or here
