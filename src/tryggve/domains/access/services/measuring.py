"""Having a protection measured at once when what it is about was changed, so that nobody waits for the night."""

from datetime import datetime

from tryggve.controls import services as controls
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Probe

_PROVEN = (Verdict.PROVED, Verdict.OBSERVED)


def again(*ids: str, actor: str, at: datetime, even_if_proven: bool = False) -> None:
    """Each of them that has been measured and wasn't proven; ``even_if_proven`` where the change may break it."""
    measured = Probe.objects.of(ids).exclude(latest=None).order_by("control")
    if not even_if_proven:
        measured = measured.exclude(latest__verdict__in=_PROVEN)
    for control in list(measured.values_list("control", flat=True)):
        controls.measure_again(control=control, actor=actor, at=at)
