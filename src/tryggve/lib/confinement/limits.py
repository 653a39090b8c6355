import resource
from dataclasses import dataclass

from tryggve.lib.confinement import system


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one parser may use: seconds of waiting for it and of computing, bytes of memory and of answers."""

    wall_seconds: float = 600
    cpu_seconds: int = 120
    memory_bytes: int = 2 * 1024**3
    output_bytes: int = 512 * 1024**2


def apply(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Lay the limits of setrlimit(2) on this process, for good. Raises OSError on Linux.

    It opens nothing more (what is open stays so), writes no file, starts no process, leaves no dump of memory.
    """
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NPROC, 0)
    _set(resource.RLIMIT_AS, memory_bytes)
    # One second between the signal that tells why and the one that tells nothing.
    _set(resource.RLIMIT_CPU, cpu_seconds, within=cpu_seconds + 1)
    # Not «three»: whoever closed one of the three could open another in its place.
    _set(resource.RLIMIT_NOFILE, 0)


def _set(kind: int, most: int, *, within: int | None = None) -> None:
    _soft, hard = resource.getrlimit(kind)
    ceiling = most if within is None else within
    if hard != resource.RLIM_INFINITY:
        ceiling = min(ceiling, hard)
    try:
        resource.setrlimit(kind, (min(most, ceiling), ceiling))
    except (OSError, ValueError):
        if system.IS_LINUX:
            raise
        # Other systems know some of the limits by name only.
