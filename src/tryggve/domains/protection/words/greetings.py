from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

_MORNING, _DAY, _EVENING = 5, 11, 18


def greeting(name: str, *, now: datetime) -> tuple[str, str]:
    """What one says at this hour where the company is, and the name by which one calls the person."""
    hour = timezone.localtime(now).hour
    called = name.split(maxsplit=1)[0] if name.split() else ""
    if _MORNING <= hour < _DAY:
        return _("Good morning"), called
    return (_("Hello") if _DAY <= hour < _EVENING else _("Good evening")), called
