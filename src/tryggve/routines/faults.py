from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

_OURS = "tryggve."


@dataclass(frozen=True, slots=True)
class Fault:
    """What may be kept of an exception: its class and where it was raised, never its text or values."""

    kind: str
    place: str


def fault_of(error: BaseException) -> Fault:
    """The class with its module, and ``module:line`` of the innermost frame of our own code (else of any)."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    places = list(_places(error.__traceback__))
    ours = [place for place in places if place.startswith(_OURS)]
    return Fault(kind, (ours or places or [""])[-1])


def _places(traceback: TracebackType | None) -> Iterator[str]:
    while traceback:
        yield f"{traceback.tb_frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
