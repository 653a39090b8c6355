"""What the process does that measures one control: measure, say what came of it, and end."""

import logging
import os
import resource
import signal
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn

from tryggve import vault
from tryggve.controls import answers, causes
from tryggve.controls.causes import CannotMeasure
from tryggve.controls.facts import BadFacts
from tryggve.controls.registry import Measure
from tryggve.lib.confinement import system
from tryggve.routines import faults

logger = logging.getLogger(__name__)

# How it ends when there is no memory left to say so.
OUT_OF_MEMORY: Final = 77
_POLITENESS = 5
_DIE_WITH_PARENT: Final = 1  # prctl(2), PR_SET_PDEATHSIG


def measure_and_end(measure: Measure, *, at: datetime, parent: int, to: int) -> NoReturn:
    """Measure this control within its limits and write one line to the descriptor. The process ends here.

    To be called right after the fork, in a session of its own.
    """
    try:
        _settle(measure, parent)
        _say(_answer(measure, at), to)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        os._exit(0)  # what was forked has nothing of its parent's to close or to write


def _settle(measure: Measure, parent: int) -> None:
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    if system.IS_LINUX:
        system.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        with suppress(OSError):  # the first to go when the computer's own memory ends
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if os.getppid() != parent:  # it died before we asked
        os._exit(0)
    os.nice(_POLITENESS)
    _limit_memory(measure.memory_bytes)


def _limit_memory(more_bytes: int) -> None:
    """As much as the program took until now, and so many bytes more."""
    most = _taken_bytes() + more_bytes
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with suppress(OSError, ValueError):  # other systems know this limit by name only
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _taken_bytes() -> int:
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _answer(measure: Measure, at: datetime) -> bytes:
    try:
        return answers.of_measured(measure.work(at), measure)
    except MemoryError:
        return answers.of_cause(causes.MEMORY)
    except CannotMeasure as cannot:
        return answers.of_cause(cannot.cause)
    except vault.Locked:
        return answers.of_cause(causes.LOCKED)
    except BadFacts:
        return answers.of_cause(causes.BAD_ANSWER)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told; its text may name somebody
        _tell(measure, faults.fault_of(error))
        return answers.of_cause(causes.RAISED)


def _tell(measure: Measure, fault: faults.Fault) -> None:
    facts = {"control": measure.control, "fault": fault.kind, "place": fault.place}
    logger.error("a control could not be measured", extra={"facts": facts})


def _say(line: bytes, to: int) -> None:
    left = memoryview(line)
    while left:
        left = left[os.write(to, left) :]
